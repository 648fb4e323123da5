/**
 * Keeps one trunk registered at its provider or office PBX (RFC 3261 section 10.2): our own digest, one Contact user per trunk, refreshed
 * long before it expires, tried again with growing pauses after an outage, taken back at the stop.
 *
 *   trying ──200──▶ registered ──half to nine tenths of its time──▶ trying
 *   trying ──no answer, 5xx──▶ pause (2 s … 2 min, with chance) ──▶ trying      state `down`
 *   trying ──403, or a wrong password──▶ long pause ──▶ trying                  state `refused`
 */
import { randomInt } from 'node:crypto';
import type { TrunkState } from '../call-router/state/view';
import type { TrunkAccount } from './accounts';
import type { GatewayClock } from './clock';
import { answerChallenge, type Challenge, parseChallenges } from './digest';
import type { Headers } from './header-values';
import { credentialsOf } from './way-to';
import { randomHex } from './random';
import { registerHeaders, registrarUri, secondsGiven } from './register-request';
import type { ReceivedResponse, SipLink } from './srf-link';
import { headerOf } from './srf-message';

export interface RegistrationParts {
  readonly trunk: TrunkAccount;
  readonly contactUser: string;
  readonly link: () => SipLink | undefined;
  readonly clock: GatewayClock;
  readonly changed: (state: TrunkState) => void;
  /** Where the registrar answered from: its INVITEs may come from there. */
  readonly heardFrom: (address: string) => void;
}

export interface TrunkRegistration {
  /** Tries at once: an engine is connected again. */
  retry(): void;
  /** Un-registers; resolves when answered, or after a second. */
  stop(): Promise<void>;
}

const expiresS = 600;
const expiresMaxS = 7200;
const pauseMinMs = 2_000;
const pauseMaxMs = 120_000;
const refusedPauseMs = 300_000;
const stopWithinMs = 1_000;
const challengesMax = 3;

export function registerTrunk(parts: RegistrationParts): TrunkRegistration {
  return new Registration(parts);
}

class Registration implements TrunkRegistration {
  private readonly parts: RegistrationParts;
  private readonly sipCallId = randomHex(16);
  private readonly tag = randomHex(6);
  private cseq = 0;
  private wantedS = expiresS;
  private failures = 0;
  private challenge: { of: Challenge; header: string; uses: number } | undefined;
  private state: TrunkState = 'unknown';
  private waiting: (() => void) | undefined;
  private asking = false;
  private stopped: (() => void) | undefined;
  private isStopping = false;
  /** The REGISTER on its way takes our binding back. */
  private leaves = false;

  constructor(parts: RegistrationParts) {
    this.parts = parts;
    this.ask(0);
  }

  retry(): void {
    if (!this.asking && this.state !== 'refused') this.ask(0);
  }

  stop(): Promise<void> {
    this.isStopping = true;
    this.waiting?.();
    if (this.state !== 'up' && !this.asking) return Promise.resolve();
    return new Promise((resolve) => {
      const giveUp = this.parts.clock.after(stopWithinMs, () => this.stopped?.());
      this.stopped = () => {
        giveUp();
        this.stopped = undefined;
        resolve();
      };
      // A refresh on its way would register us again after we have left: its answer first.
      if (!this.asking) this.ask(0);
    });
  }

  /** @param answered challenges met in this attempt. */
  private ask(answered: number): void {
    this.waiting?.();
    this.waiting = undefined;
    const link = this.parts.link();
    if (link === undefined) return this.failed();
    this.asking = true;
    const { trunk } = this.parts;
    let uri = registrarUri(trunk);
    const request = { method: 'REGISTER', uri, headers: this.headers(uri) };
    link.send(request, {
      sent: (sent) => {
        uri = sent.uri;
      },
      response: (response) => {
        if (response.status >= 200) this.heard(response, answered);
      },
      failed: () => this.failed(),
    });
  }

  private headers(uri: string): Headers {
    const { trunk, contactUser } = this.parts;
    const { sipCallId, tag } = this;
    this.leaves = this.isStopping;
    const expiresS = this.leaves ? 0 : this.wantedS;
    const cseq = ++this.cseq;
    return registerHeaders({
      trunk,
      contactUser,
      sipCallId,
      tag,
      cseq,
      expiresS,
      authorization: this.authorization(uri),
    });
  }

  /** The provider's last nonce again, with the next count: it saves a round trip while it is not stale. */
  private authorization(uri: string): Headers {
    const credentials = credentialsOf(this.parts.trunk);
    if (this.challenge === undefined || credentials === undefined) return {};
    const count = ++this.challenge.uses;
    const cnonce = randomHex(8);
    const { of: challenge, header } = this.challenge;
    return { [header]: answerChallenge({ challenge, credentials, method: 'REGISTER', uri, count, cnonce }) };
  }

  private heard(response: ReceivedResponse, answered: number): void {
    this.asking = false;
    if (response.source_address !== '') this.parts.heardFrom(response.source_address);
    if (this.isStopping && this.stopped === undefined) return;
    const { status } = response;
    if (status < 300) return this.registered(response);
    if (status === 401 || status === 407) return this.challenged(response, answered);
    if (status === 423) return this.askLonger(response);
    if (status === 403 || status === 404) return this.refused();
    this.failed();
  }

  private registered(response: ReceivedResponse): void {
    this.failures = 0;
    if (this.isStopping) return this.leaves ? this.stopped?.() : this.ask(0);
    this.show('up');
    const givenMs = this.secondsGiven(response) * 1000;
    this.after((givenMs * randomInt(50, 91)) / 100);
  }

  /** What the registrar says, else what we asked for. */
  private secondsGiven(response: ReceivedResponse): number {
    const given = secondsGiven(response, this.parts.contactUser) ?? this.wantedS;
    return Math.min(expiresMaxS, Math.max(10, given));
  }

  private challenged(response: ReceivedResponse, answered: number): void {
    const isProxy = response.status === 407;
    const of = parseChallenges(headerOf(response, isProxy ? 'proxy-authenticate' : 'www-authenticate') ?? '');
    const hadNonce = this.challenge !== undefined;
    this.challenge =
      of === undefined ? undefined : { of, header: isProxy ? 'Proxy-Authorization' : 'Authorization', uses: 0 };
    if (of === undefined || credentialsOf(this.parts.trunk) === undefined || answered >= challengesMax)
      return this.refused();
    // A kept nonce may have run out without a word of stale; asked again right after a new one, the password is wrong.
    if (answered > 0 && hadNonce && !of.stale) return this.refused();
    this.ask(answered + 1);
  }

  private askLonger(response: ReceivedResponse): void {
    const least = Number(headerOf(response, 'min-expires') ?? '');
    if (!(least > this.wantedS && least <= expiresMaxS)) return this.failed();
    this.wantedS = least;
    this.ask(0);
  }

  private refused(): void {
    this.challenge = undefined;
    if (this.isStopping) return this.stopped?.();
    this.show('refused');
    this.after(refusedPauseMs);
  }

  private failed(): void {
    this.asking = false;
    if (this.isStopping) return this.stopped?.();
    this.show('down');
    const pauseMs = Math.min(pauseMaxMs, pauseMinMs * 2 ** Math.min(this.failures++, 10));
    this.after((pauseMs * randomInt(50, 101)) / 100);
  }

  private after(ms: number): void {
    this.waiting?.();
    this.waiting = this.parts.clock.after(ms, () => this.ask(0));
  }

  private show(state: TrunkState): void {
    if (this.state === state) return;
    this.state = state;
    this.parts.changed(state);
  }
}
