/**
 * Offers to take up a lost leg (call-router/features/lost-leg.ts): told to the person's pages, and to each page that comes while
 * the offer lasts, because it is mostly the page that was reloaded.
 */
import type { DeskEffect } from '../../../call-router/effect';
import type { Clock } from '../../clock';
import type { Audience } from './audience';
import type { DeskPage } from './desk-page';

export type ResumeOffer = Extract<DeskEffect, { readonly do: 'offer-resume' }>;

interface Offer {
  readonly effect: ResumeOffer;
  readonly untilMs: number;
}

export class ResumeOffers {
  private readonly clock: Clock;
  private readonly audience: Audience;
  private offers: readonly Offer[] = [];

  constructor(clock: Clock, audience: Audience) {
    this.clock = clock;
    this.audience = audience;
  }

  add(effect: ResumeOffer): void {
    const offer = { effect, untilMs: this.clock.now() + effect.forMs };
    this.offers = [...this.lasting(), offer];
    for (const page of this.audience.of(effect.user)) this.tell(page, offer);
  }

  /** Those of this person that still last. A token that was used meanwhile is refused by the router. */
  join(page: DeskPage): void {
    this.offers = this.lasting();
    for (const offer of this.offers) if (offer.effect.user === page.userId) this.tell(page, offer);
  }

  private lasting(): readonly Offer[] {
    const now = this.clock.now();
    return this.offers.filter(({ untilMs }) => untilMs > now);
  }

  private tell(page: DeskPage, { effect: { call, token }, untilMs }: Offer): void {
    page.send({ type: 'resume', callId: call, token, forMs: untilMs - this.clock.now() });
  }
}
