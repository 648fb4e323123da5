/** One call of a demo phone, in either direction: the dialog (RFC 3261 section 12) and its audio. */
import type { Request } from './compose';
import type { Speaker } from './speaker';
import type { SipPhone } from './sip-phone';
import { header, headersNamed, tagOf, uriOf, type WireMessage } from './wire';

/** How the call ended: a SIP status, or BYE from one side. */
export type Ending = { readonly by: 'us' | 'them'; readonly status?: number };

export class PhoneCall {
  readonly audio: Speaker;
  /** Resolves on the first 180 or 183. */
  readonly ringing: Promise<void>;
  /** Resolves on 200; rejects with the status otherwise. */
  readonly answered: Promise<void>;
  readonly ended: Promise<Ending>;
  /** The INVITE that began it, as it came. */
  readonly invite: WireMessage;
  /** What NOTIFYs said of a REFER of ours, in order (RFC 3515): SIP statuses. */
  readonly told: number[] = [];
  private lastNotify = '';
  private readonly phone: SipPhone;
  private readonly isOurs: boolean;
  private noteRinging: () => void = () => undefined;
  private noteAnswered: { readonly yes: () => void; readonly no: (error: Error) => void } | undefined;
  private noteEnded: (ending: Ending) => void = () => undefined;
  private toTag: string;
  private target: string;
  private remote: string;
  private nextSequence: number;
  private stopRepeating: () => void = () => undefined;

  constructor(
    phone: SipPhone,
    invite: WireMessage,
    made: { readonly audio: Speaker; readonly isOurs: boolean; readonly tag: string },
  ) {
    this.phone = phone;
    this.invite = invite;
    this.audio = made.audio;
    this.isOurs = made.isOurs;
    this.toTag = made.isOurs ? '' : made.tag;
    this.target = made.isOurs ? '' : uriOf(header(invite, 'contact'));
    this.remote = made.isOurs ? header(invite, 'to') : header(invite, 'from');
    this.nextSequence = made.isOurs ? Number.parseInt(header(invite, 'cseq'), 10) + 1 : 1;
    this.ringing = new Promise((resolve) => {
      this.noteRinging = resolve;
    });
    this.answered = new Promise((resolve, reject) => {
      this.noteAnswered = { yes: resolve, no: reject };
    });
    this.ended = new Promise((resolve) => {
      this.noteEnded = resolve;
    });
    this.answered.catch(() => undefined); // whoever wants to know awaits it
  }

  get id(): string {
    return header(this.invite, 'call-id');
  }

  /** The far end's name and number as the phone's display would show them. */
  get shown(): string {
    return header(this.invite, 'from');
  }

  // --- what we do ---

  ring(): void {
    this.phone.respond(this.invite, { status: 180, reason: 'Ringing', tag: this.toTag });
  }

  /** Is heard before the answer: 183 with its description (RFC 3960). Say something then. */
  beHeard(): void {
    this.audio.connect(this.invite.body);
    const progress = { status: 183, reason: 'Session Progress', tag: this.toTag, body: this.audio.sdp() };
    this.phone.respond(this.invite, progress);
  }

  answer(): void {
    this.audio.connect(this.invite.body);
    const body = this.audio.sdp();
    this.stopRepeating = this.phone.repeat(() =>
      this.phone.respond(this.invite, { status: 200, reason: 'OK', tag: this.toTag, body }),
    );
  }

  refuse(status: number): void {
    this.phone.respond(this.invite, { status, reason: 'Refused', tag: this.toTag });
    this.finish({ by: 'us', status });
  }

  async cancel(): Promise<void> {
    await this.phone.cancel(this.invite);
  }

  async hangUp(): Promise<void> {
    await this.request('BYE');
    this.finish({ by: 'us' });
  }

  /** Hold by sendonly, and resume (RFC 3264 section 8.4). Answers the SDP that came back. */
  async reoffer(direction: 'sendrecv' | 'sendonly'): Promise<string> {
    const answer = await this.request('INVITE', { body: this.audio.sdp(direction) });
    return answer.body;
  }

  /**
   * The far end is to talk to somebody else (RFC 3515), or to the far end of another call of this phone (RFC 3891): the
   * Xfer key. Answers the status of the REFER; `told` says how it goes on.
   */
  async refer(to: string | PhoneCall): Promise<number> {
    const target = typeof to === 'string' ? this.phone.uriOf(to) : `${to.remoteUri}?Replaces=${to.asReplaced}`;
    const response = await this.request('REFER', { extra: [['Refer-To', `<${target}>`]] });
    return response.status ?? 0;
  }

  private get remoteUri(): string {
    return uriOf(this.remote);
  }

  /** The tags as the far end sees them (RFC 3891 section 3). */
  private get asReplaced(): string {
    const ownTag = this.isOurs ? tagOf(header(this.invite, 'from')) : this.toTag;
    return encodeURIComponent(`${this.id};to-tag=${tagOf(this.remote)};from-tag=${ownTag}`);
  }

  private async request(
    method: string,
    { body = '', extra = [] }: Partial<Pick<Request, 'body' | 'extra'>> = {},
  ): Promise<WireMessage> {
    const sequence = this.nextSequence;
    this.nextSequence += 1;
    const us = this.isOurs ? header(this.invite, 'from') : `${header(this.invite, 'to')};tag=${this.toTag}`;
    const response = await this.phone.inDialog({
      method,
      uri: this.target,
      from: us,
      to: this.remote,
      callId: this.id,
      sequence,
      body,
      extra,
    });
    if (method === 'INVITE' && response.status === 200) this.acknowledge(response, sequence);
    return response;
  }

  // --- what comes ---

  provisional(message: WireMessage): void {
    if (message.status !== 180 && message.status !== 183) return;
    this.remote = header(message, 'to');
    this.noteRinging();
  }

  accepted(message: WireMessage): void {
    this.remote = header(message, 'to');
    this.toTag = tagOf(this.remote);
    this.target = uriOf(header(message, 'contact'));
    this.audio.connect(message.body);
    this.nextSequence = Number.parseInt(header(message, 'cseq'), 10) + 1;
    this.acknowledge(message, this.nextSequence - 1);
    this.noteAnswered?.yes();
  }

  acknowledge(message: WireMessage, sequence: number): void {
    this.phone.acknowledge({ uri: uriOf(header(message, 'contact')), response: message, sequence });
  }

  refused(status: number): void {
    this.noteAnswered?.no(new Error(`refused with ${status}`));
    this.finish({ by: 'them', status });
  }

  acknowledged(): void {
    this.stopRepeating();
    this.noteAnswered?.yes();
  }

  cancelled(): void {
    this.refused(487);
  }

  hungUp(): void {
    this.finish({ by: 'them' });
  }

  notified(message: WireMessage): void {
    if (header(message, 'cseq') === this.lastNotify) return; // sent again
    this.lastNotify = header(message, 'cseq');
    const status = /^SIP\/2\.0 (\d{3})/.exec(message.body)?.[1];
    if (status !== undefined) this.told.push(Number(status));
  }

  /** Vias are answered as they came; see SipPhone.respond. */
  get vias(): readonly (readonly [string, string])[] {
    return headersNamed(this.invite, 'via');
  }

  private finish(ending: Ending): void {
    this.stopRepeating();
    this.audio.stop();
    this.noteEnded(ending);
    this.phone.forget(this);
  }
}
