// What the engine counts; read by the gateway for its metrics. Numbers only, nothing of any caller.

export interface Counters {
  messagesReceived: number;
  keepAlives: number;
  /** Not SIP at all. */
  garbage: number;
  /** SIP, but broken; answered 400 or 505 where it was a request. */
  malformed: number;
  /** Too long, or too many headers; answered 513 where it was a request. */
  oversized: number;
  /** Dropped because their source is silenced. */
  silenced: number;
  /** New requests of one stranger above the rate; dropped. */
  overRate: number;
  requestsPassed: number;
  requestsSent: number;
  /** Responses and ACKs that fit nothing. */
  strays: number;
  /** Refused with 503: no application, or too much open. */
  refusedBusy: number;
  acksMissing: number;
  /** Faults of our own: one message or timer was given up, the rest goes on. */
  internalErrors: number;
}

export function newCounters(): Counters {
  return {
    messagesReceived: 0,
    keepAlives: 0,
    garbage: 0,
    malformed: 0,
    oversized: 0,
    silenced: 0,
    overRate: 0,
    requestsPassed: 0,
    requestsSent: 0,
    strays: 0,
    refusedBusy: 0,
    acksMissing: 0,
    internalErrors: 0,
  };
}
