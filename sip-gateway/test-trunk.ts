/**
 * One try of a trunk as an administrator has it in front of them, saved or not: the account is registered and taken back, or
 * the peer is asked with OPTIONS (RFC 3261 sections 10 and 11). Says what came of it; what to do is the page's to say. One
 * request at a time, one host, and an end after `testWithinMs`: it is no scanner.
 */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type TrunkAccount, weRegisterAt } from './accounts';
import type { GatewayClock } from './clock';
import { answerChallenge, parseChallenges } from './digest';
import type { Headers } from './header-values';
import { randomHex } from './random';
import { registerHeaders, registrarUri, secondsGiven } from './register-request';
import type { ReceivedResponse, SipLink } from './srf-link';
import { headerOf } from './srf-message';
import { credentialsOf } from './way-to';

export type TrunkTest =
  | { readonly outcome: 'registered'; readonly forS?: number; readonly ms: number }
  /** To OPTIONS; a peer that answers with a refusal is there too. */
  | { readonly outcome: 'answers'; readonly status: number; readonly ms: number }
  /** The account's name or password, after it was told what to prove. */
  | { readonly outcome: 'wrong-password'; readonly status: number; readonly ms: number }
  | { readonly outcome: 'rejected'; readonly status: number; readonly ms: number }
  | { readonly outcome: 'no-answer'; readonly ms: number }
  | { readonly outcome: 'unknown-host' }
  /** No connection: nothing listens there, or a firewall refuses. */
  | { readonly outcome: 'unreachable' }
  /** No SIP engine is connected. */
  | { readonly outcome: 'not-ready' };

export interface TestParts {
  readonly link: SipLink | undefined;
  readonly clock: GatewayClock;
  /** The account is registered by us just now: the test only asks, so that its calls keep coming. */
  readonly isRegistered: boolean;
}

export const testWithinMs = 8_000;
const askedForS = 60;
const expiresMaxS = 7200;
/** Requests of one wish: a challenge, a stale one, an expiry that was too short. */
const triesMax = 3;

/** Never rejects. The trunk must have a host. */
export async function testTrunk(parts: TestParts, trunk: TrunkAccount): Promise<TrunkTest> {
  if (parts.link === undefined) return { outcome: 'not-ready' };
  const tried = new Try(parts.link, parts.clock);
  return weRegisterAt(trunk) ? registerOnce(tried, parts, trunk) : askOnce(tried, trunk);
}

/** What came back: a final response of the far end, or why there is none. */
type Heard = { readonly response: ReceivedResponse } | { readonly nothing: 'silence' | 'not-sent' };

interface Asked {
  readonly method: 'REGISTER' | 'OPTIONS';
  readonly uri: string;
  readonly headers: Headers;
}

/** The requests of one test, which share its deadline. */
class Try {
  private readonly link: SipLink;
  private readonly clock: GatewayClock;
  private readonly began: number;

  constructor(link: SipLink, clock: GatewayClock) {
    this.link = link;
    this.clock = clock;
    this.began = clock.now();
  }

  get ms(): number {
    return this.clock.now() - this.began;
  }

  /** False: it took too long. */
  inTime(work: Promise<boolean>): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = this.clock.after(Math.max(0, testWithinMs - this.ms), () => resolve(false));
      void work.then((value) => {
        giveUp();
        resolve(value);
      });
    });
  }

  /** @returns also the Request-URI as it went out, which a digest covers. */
  ask(request: Asked): Promise<Heard & { readonly uri: string }> {
    return new Promise((resolve) => {
      let { uri } = request;
      const done = (heard: Heard): void => {
        giveUp();
        resolve({ ...heard, uri });
      };
      const giveUp = this.clock.after(Math.max(0, testWithinMs - this.ms), () => done({ nothing: 'silence' }));
      this.link.send(request, {
        sent: (sent) => {
          uri = sent.uri;
        },
        response: (response) => {
          if (response.status < 200) return;
          done(response.source_address === '' ? { nothing: ofEngine(response.status) } : { response });
        },
        failed: () => done({ nothing: 'not-sent' }),
      });
    });
  }
}

/** The engine answers 408 itself when nothing came, 503 when there was nowhere to send to. */
const ofEngine = (status: number): 'silence' | 'not-sent' => (status === 408 ? 'silence' : 'not-sent');

async function askOnce(tried: Try, trunk: TrunkAccount): Promise<TrunkTest> {
  const uri = registrarUri(trunk);
  const heard = await tried.ask({ method: 'OPTIONS', uri, headers: {} });
  if ('nothing' in heard) return noAnswer(tried, heard.nothing, trunk);
  return { outcome: 'answers', status: heard.response.status, ms: tried.ms };
}

interface Registering {
  readonly trunk: TrunkAccount;
  readonly contactUser: string | undefined;
  readonly sipCallId: string;
  readonly tag: string;
}

async function registerOnce(tried: Try, { isRegistered }: TestParts, trunk: TrunkAccount): Promise<TrunkTest> {
  // A Contact of its own, so that nothing that is registered is replaced.
  const contactUser = isRegistered ? undefined : `test${randomHex(8)}`;
  const registering: Registering = { trunk, contactUser, sipCallId: randomHex(16), tag: randomHex(6) };
  const registered = await proven(tried, registering, { cseq: 1, expiresS: askedForS });
  const ms = tried.ms;
  if ('nothing' in registered) return noAnswer(tried, registered.nothing, trunk);
  const { response, cseq, challenged } = registered;
  if (response.status >= 300) return refused(response.status, { ms, challenged });
  if (contactUser === undefined) return { outcome: 'registered', ms };
  const forS = secondsGiven(response, contactUser);
  await proven(tried, registering, { cseq: cseq + 1, expiresS: 0 });
  return { outcome: 'registered', ms, ...(forS === undefined ? {} : { forS }) };
}

interface Wish {
  readonly cseq: number;
  readonly expiresS: number;
}
type Proven =
  | { readonly response: ReceivedResponse; readonly cseq: number; readonly challenged: number }
  | { readonly nothing: 'silence' | 'not-sent' };

/** Answers a challenge, and asks longer where 423 says so. */
async function proven(tried: Try, of: Registering, wish: Wish): Promise<Proven> {
  let authorization: Headers = {};
  let { expiresS } = wish;
  let challenged = 0;
  for (let asked = 0; ; asked += 1) {
    const cseq = wish.cseq + asked;
    const headers = registerHeaders({ ...of, cseq, expiresS, authorization });
    const heard = await tried.ask({ method: 'REGISTER', uri: registrarUri(of.trunk), headers });
    if ('nothing' in heard) return heard;
    const { response, uri } = heard;
    const answer = { response, cseq, challenged };
    if (asked >= triesMax) return answer;
    const least = Number(headerOf(response, 'min-expires') ?? '');
    if (response.status === 423 && least > expiresS && least <= expiresMaxS) {
      expiresS = least;
      continue;
    }
    const proof = proofFor(of.trunk, response, { uri, challenged });
    if (proof === undefined) return answer;
    authorization = proof;
    challenged += 1;
  }
}

interface Challenged {
  readonly uri: string;
  readonly challenged: number;
}

/** Undefined: no challenge, nothing to prove with, or the proof was wrong: a second guess would only lock the account. */
function proofFor(
  trunk: TrunkAccount,
  response: ReceivedResponse,
  { uri, challenged }: Challenged,
): Headers | undefined {
  if (response.status !== 401 && response.status !== 407) return undefined;
  const isProxy = response.status === 407;
  const challenge = parseChallenges(headerOf(response, isProxy ? 'proxy-authenticate' : 'www-authenticate') ?? '');
  const credentials = credentialsOf(trunk);
  if (challenge === undefined || credentials === undefined || (challenged > 0 && !challenge.stale)) return undefined;
  const proof = { challenge, credentials, method: 'REGISTER', uri, count: 1, cnonce: randomHex(8) };
  return { [isProxy ? 'Proxy-Authorization' : 'Authorization']: answerChallenge(proof) };
}

/** 403 after a proof is how most registrars say that it was wrong; before any it is about the address or the account. */
function refused(status: number, { ms, challenged }: { readonly ms: number; readonly challenged: number }): TrunkTest {
  const isProof = status === 401 || status === 407 || (status === 403 && challenged > 0);
  return { outcome: isProof ? 'wrong-password' : 'rejected', status, ms };
}

/** A name that nobody knows is told from a host where nothing listens. */
async function noAnswer(tried: Try, nothing: 'silence' | 'not-sent', { host = '' }: TrunkAccount): Promise<TrunkTest> {
  if (nothing === 'silence') return { outcome: 'no-answer', ms: tried.ms };
  if (isIP(host) !== 0) return { outcome: 'unreachable' };
  const isKnown = await tried.inTime(
    lookup(host).then(
      () => true,
      () => false,
    ),
  );
  return { outcome: isKnown ? 'unreachable' : 'unknown-host' };
}
