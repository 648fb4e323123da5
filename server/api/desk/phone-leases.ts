/**
 * The SIP account that each page is told of, and its end. Where there is no browser audio yet (it starts, or has failed and comes
 * back) a page is told as soon as there is.
 */
import type { Clock } from '../../clock';
import type { BrowserPhone } from '../desk-messages';
import type { Entrant } from '../open-sockets';
import type { DeskPage } from './desk-page';

/** SIP accounts for the browsers of one log-in. */
export interface BrowserPhones {
  /** Undefined: there is no browser audio. */
  readonly lease: (entrant: Entrant) => BrowserPhone | undefined;
  /** A page that had one is gone. */
  readonly release: (entrant: Entrant) => void;
  /** The log-in is over, or another than it was. */
  readonly end: (entrant: Entrant) => void;
}

const lookAgainMs = 1000;

export class PhoneLeases {
  private readonly phones: BrowserPhones;
  private readonly clock: Clock;
  private readonly holding = new Set<DeskPage>();
  private readonly waiting = new Map<DeskPage, () => void>();

  constructor(phones: BrowserPhones, clock: Clock) {
    this.phones = phones;
    this.clock = clock;
  }

  /** Says welcome, and again when there is a phone that there was not. */
  welcome(page: DeskPage): void {
    const phone = this.leaseFor(page);
    page.send({ type: 'welcome', userId: page.userId, ...(phone === undefined ? {} : { phone }) });
    if (phone === undefined) this.lookAgain(page);
  }

  leave(page: DeskPage): void {
    this.waiting.get(page)?.();
    this.waiting.delete(page);
    if (this.holding.delete(page)) this.phones.release(page.entrant);
  }

  end(entrant: Entrant): void {
    this.phones.end(entrant);
  }

  private leaseFor(page: DeskPage): BrowserPhone | undefined {
    const phone = this.phones.lease(page.entrant);
    if (phone !== undefined) this.holding.add(page);
    return phone;
  }

  private lookAgain(page: DeskPage): void {
    const look = (): void => {
      const phone = page.isAsleep ? undefined : this.leaseFor(page);
      if (phone === undefined) return this.lookAgain(page);
      this.waiting.delete(page);
      page.send({ type: 'welcome', userId: page.userId, phone });
    };
    this.waiting.set(page, this.clock.after(lookAgainMs, look));
  }
}
