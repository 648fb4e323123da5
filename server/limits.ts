/**
 * Every limit of the service that is no environment key: name, unit, default, and what happens when it is reached.
 * `config.ts` hands them on as `config.limits`; tests pass others to `readConfig`.
 */
import type { Limits as CallLimits } from '../call-router/state/view';

export interface Limits {
  /** What the router keeps to. */
  readonly calls: CallLimits;
  readonly api: ApiLimits;
  readonly sipSocket: SipSocketLimits;
  readonly desk: DeskLimits;
  readonly sounds: SoundUploadLimits;
  readonly retention: Retention;
  /** How long a stop waits for calls to end by themselves before it ends them. */
  readonly drainMs: number;
}

export interface ApiLimits {
  /** A larger body gets 413. */
  readonly bodySizeBytesMax: number;
  /** Failed log-ins of one account within `loginWindowMs`; then 429 with Retry-After. */
  readonly loginFailuresPerAccountMax: number;
  /** The same for one address (IPv6: one /64). */
  readonly loginFailuresPerAddressMax: number;
  readonly loginWindowMs: number;
  /** Password checks at once, each takes 19 MiB; further ones wait, at most `passwordChecksWaitingMax`, then 503. */
  readonly passwordChecksMax: number;
  readonly passwordChecksWaitingMax: number;
  /** A cookie log-in ends after so long, used or not. */
  readonly loginLifetimeMs: number;
  /** A link to set one's own password ends after so long. */
  readonly invitationLifetimeMs: number;
  /** Characters. Shorter passwords get 422. */
  readonly passwordLengthMin: number;
  /** Tests of trunks; further ones get 429. */
  readonly trunkTestsPerMinuteMax: number;
  /** Tables of calls that are sent at once; further ones get 503. */
  readonly exportsAtOnceMax: number;
  /** Calls in one table; older ones are left out. */
  readonly exportRowsMax: number;
  /** Open connections to each listener, WebSockets too (two for an open desk); further ones are closed. */
  readonly openSocketsMax: number;
  /** A request must have arrived whole in this time (408). */
  readonly requestMs: number;
  /** Each WebSocket is pinged so often; one that has not answered the last is hung up on. */
  readonly pingMs: number;
  /** A stop waits so long for answers that are under way. */
  readonly closeMs: number;
}

/** SIP of browsers, `/api/sip`. */
export interface SipSocketLimits {
  /** Sockets open at once of one log-in; further ones get 429. One page of a log-in holds the phone. */
  readonly perLoginMax: number;
  /** What the SIP parser takes at the most; a larger message closes the socket (1009). */
  readonly messageSizeBytesMax: number;
  /** Messages from a page in a second; more close its socket (1008). */
  readonly messagesPerSecondMax: number;
  /** What waits for a page to read it; more closes its socket. */
  readonly waitingBytesMax: number;
  /** The account of a log-in is kept so long for its page to come back. */
  readonly accountKeptMs: number;
}

/** The desk socket. */
export interface DeskLimits {
  /** Pages open at once: of one log-in (further ones get 429), and of everybody (503). */
  readonly pagesPerLoginMax: number;
  readonly pagesMax: number;
  /** Of a message from a page; a larger one closes its socket (1009). */
  readonly messageSizeBytesMax: number;
  /** Messages from a page between two `are-you-there`; more close its socket (1008). */
  readonly messagesPerAskMax: number;
  /** What waits for a page to read it; more closes its socket. It comes again and is told all anew. */
  readonly waitingBytesMax: number;
  /** Changes of a call, and of how people stand, are gathered so long. */
  readonly tickMs: number;
  /** Counts of the badges are made so long after what changed them. */
  readonly countAfterMs: number;
  /** A page is asked so often whether it is there; `unansweredMax` questions without an answer: it sleeps. */
  readonly askEveryMs: number;
  readonly unansweredMax: number;
}

/** How long what people were told is kept; older is removed within the hour. */
export interface Retention {
  readonly noticesMs: number;
  /** Whose missed call it was and who reached the client. The call itself stays. */
  readonly missedCallsMs: number;
}

/** Uploaded sounds: greetings and music on hold. */
export interface SoundUploadLimits {
  /** Of the WAV file; a larger one gets 413. The page sends 8 kHz mono, where this is half an hour. */
  readonly bodySizeBytesMax: number;
  /** A longer sound gets 422. */
  readonly secondsMax: number;
  /** One is converted at a time; so many more may wait, further ones get 503. */
  readonly waitingMax: number;
}

export const defaultLimits: Limits = {
  calls: {
    callsMax: 2000,
    legsPerCallMax: 32,
    conferenceMembersMax: 32,
    ringTimeoutMs: 30_000,
    outsideRingTimeoutMs: 180_000,
    lookUpWaitMs: 300,
    audioLostMs: 30_000,
    flowLostAudioMs: 1_500,
    resumeWaitMs: 20_000,
    callMaxMs: 4 * 3600_000,
    retryAfterS: 10,
    lingerMs: 5000,
  },
  api: {
    bodySizeBytesMax: 1024 * 1024,
    loginFailuresPerAccountMax: 10,
    loginFailuresPerAddressMax: 30,
    loginWindowMs: 10 * 60_000,
    passwordChecksMax: 2,
    passwordChecksWaitingMax: 50,
    loginLifetimeMs: 14 * 24 * 3600_000,
    invitationLifetimeMs: 7 * 24 * 3600_000,
    passwordLengthMin: 8,
    trunkTestsPerMinuteMax: 10,
    exportsAtOnceMax: 3,
    exportRowsMax: 500_000,
    openSocketsMax: 4000,
    requestMs: 30_000,
    pingMs: 10_000,
    closeMs: 2000,
  },
  sipSocket: {
    perLoginMax: 8,
    messageSizeBytesMax: 65_535,
    messagesPerSecondMax: 200,
    waitingBytesMax: 1024 * 1024,
    accountKeptMs: 120_000,
  },
  desk: {
    pagesPerLoginMax: 20,
    pagesMax: 1000,
    messageSizeBytesMax: 1024,
    messagesPerAskMax: 50,
    waitingBytesMax: 1024 * 1024,
    tickMs: 50,
    countAfterMs: 250,
    askEveryMs: 7000,
    unansweredMax: 3,
  },
  sounds: { bodySizeBytesMax: 32 * 1024 * 1024, secondsMax: 600, waitingMax: 2 },
  retention: { noticesMs: 90 * 24 * 3600_000, missedCallsMs: 365 * 24 * 3600_000 },
  drainMs: 5000,
};
