/** What a demo phone watches (RFC 6665): a lamp or a mailbox. Keeps the NOTIFYs as they come, the newest last. */
import { random, type Request } from './compose';
import type { SipPhone } from './sip-phone';
import { header, uriOf, type WireMessage } from './wire';

export interface WatchFor {
  /** User part of what is watched: an extension, a park slot as it is dialled, the account itself. */
  readonly user: string;
  readonly event: 'dialog' | 'message-summary';
}

/** One NOTIFY. */
export interface Notice {
  /** Value of Subscription-State: `active;expires=…` or `terminated;reason=…`. */
  readonly state: string;
  readonly body: string;
}

const types = { dialog: 'application/dialog-info+xml', 'message-summary': 'application/simple-message-summary' };

export class Watch {
  readonly notices: Notice[] = [];
  private readonly phone: SipPhone;
  private readonly request: Request;
  private readonly accept: string;
  private target = '';
  private remote = '';

  private constructor(phone: SipPhone, { user, event }: WatchFor) {
    this.phone = phone;
    this.accept = types[event];
    const uri = phone.uriOf(user);
    this.request = {
      method: 'SUBSCRIBE',
      uri,
      from: `${phone.address};tag=${random()}`,
      to: `<${uri}>`,
      callId: random(),
      sequence: 1,
      extra: [
        ['Event', event],
        ['Accept', this.accept],
      ],
    };
  }

  /** Resolves when it is granted; rejects with the status that refused it. */
  static async open(phone: SipPhone, what: WatchFor): Promise<Watch> {
    const watch = new Watch(phone, what);
    phone.watches.set(watch.request.callId, watch); // the first NOTIFY may overtake the 200
    const response = await phone.askTwice(watch.with(600));
    if (response.status !== 200) throw new Error(`the watch was refused: ${response.status}`);
    watch.target = uriOf(header(response, 'contact'));
    watch.remote = header(response, 'to');
    return watch;
  }

  /** What was told last; empty before the first. */
  get last(): Notice {
    return this.notices.at(-1) ?? { state: '', body: '' };
  }

  /** Expires 0: one last NOTIFY comes. */
  async end(): Promise<void> {
    const { target: uri, remote: to } = this;
    await this.phone.inDialog({ ...this.with(0), uri, to, sequence: this.request.sequence + 2 });
  }

  notified(message: WireMessage): void {
    this.notices.push({ state: header(message, 'subscription-state'), body: message.body });
  }

  private with(expiresS: number): Request {
    return { ...this.request, extra: [...(this.request.extra ?? []), ['Expires', String(expiresS)]] };
  }
}
