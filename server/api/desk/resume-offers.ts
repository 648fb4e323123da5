/**
 * Offers to take up a lost leg (call-router/features/lost-leg.ts): told to the person's pages, and to each page that comes while
 * the leg is still waited for, because it is mostly the page that was reloaded. What was taken up or is over is offered no more.
 * A person may have several browsers: only the one that had the leg takes it up (softphone/src/phone/own-legs.ts).
 */
import type { DeskEffect } from '../../../call-router/effect';
import { resumesOf } from '../../../call-router/features/lost-leg';
import type { PbxView } from '../../../call-router/state/view';
import { userIdOf } from '../../../call-router/values/ids';
import type { Clock } from '../../clock';
import type { Audience } from './audience';
import type { DeskPage } from './desk-page';

export type ResumeOffer = Extract<DeskEffect, { readonly do: 'offer-resume' }>;

interface ResumeParts {
  readonly view: PbxView;
  readonly clock: Clock;
  readonly audience: Audience;
}

export class ResumeOffers {
  private readonly parts: ResumeParts;

  constructor(parts: ResumeParts) {
    this.parts = parts;
  }

  add({ user, call: callId, leg: legId, token, forMs }: ResumeOffer): void {
    for (const page of this.parts.audience.of(user)) page.send({ type: 'resume', callId, legId, token, forMs });
  }

  join(page: DeskPage): void {
    const { view, clock } = this.parts;
    for (const { call: callId, leg: legId, token, forMs } of resumesOf(view, userIdOf(page.userId), clock.now()))
      page.send({ type: 'resume', callId, legId, token, forMs });
  }
}
