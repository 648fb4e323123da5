/**
 * Why a leg or a call ended, by its own name, and whose doing it was.
 * The maps to and from the outside: SIP status (RFC 3261 section 21) and Q.850 cause (RFC 3398 sections 7.2 and 8.2.6).
 */
export type EndCause =
  | 'caller-hung-up' // after the answer
  | 'callee-hung-up' // after the answer
  | 'caller-gave-up' // before the answer
  | 'answered-elsewhere' // this leg only: another device answered
  | 'keeps-place' // this leg only: the caller waits in the queue without it, to be called back
  | 'transferred' // this leg only: its far end was passed on to somebody else
  | 'nothing-to-pick-up' // an intercept code with no call ringing
  | 'no-such-dialog' // Replaces names a dialog that is over, or of a kind that cannot be taken over
  | 'busy'
  | 'no-answer'
  | 'rejected' // the callee pressed reject
  | 'unreachable' // no device registered, or the device does not respond
  | 'number-unknown'
  | 'not-allowed' // this caller may not call that
  | 'limit-reached' // this person has called out enough (fraud guard)
  | 'no-common-codec'
  | 'bad-request' // the far end sent what we cannot read
  | 'overloaded' // one of our limits was reached
  | 'trunk-failed' // the provider refused or did not answer
  | 'audio-lost' // no RTP came for too long: the BYE was lost, or the network
  | 'signalling-lost' // the far end stopped answering SIP: no ACK came, or its session timer ran out
  | 'too-long' // the longest call allowed was reached
  | 'ended-by-command' // an operator or administrator ended it by button or API
  | 'service-stopped' // we were shut down in the call
  | 'voicemail' // nobody answered, the caller left a message
  | 'ended-by-route' // the number's route ends here: an announcement, or nothing more
  | 'interrupted' // found open when the service started again after a crash
  | 'internal-error';

export type Fault = 'nobody' | 'caller' | 'callee' | 'trunk' | 'us';

interface CauseRow {
  /** What an INVITE that we still owe a final response gets. */
  readonly sipStatus: number;
  /** For the Reason header (RFC 3326). */
  readonly q850: number;
  readonly fault: Fault;
}

export const causes: Readonly<Record<EndCause, CauseRow>> = {
  'caller-hung-up': { sipStatus: 487, q850: 16, fault: 'nobody' },
  'callee-hung-up': { sipStatus: 480, q850: 16, fault: 'nobody' },
  'caller-gave-up': { sipStatus: 487, q850: 16, fault: 'caller' },
  'answered-elsewhere': { sipStatus: 487, q850: 26, fault: 'nobody' },
  'keeps-place': { sipStatus: 480, q850: 16, fault: 'nobody' },
  transferred: { sipStatus: 480, q850: 16, fault: 'nobody' },
  'nothing-to-pick-up': { sipStatus: 404, q850: 31, fault: 'caller' },
  'no-such-dialog': { sipStatus: 481, q850: 31, fault: 'caller' },
  busy: { sipStatus: 486, q850: 17, fault: 'callee' },
  'no-answer': { sipStatus: 480, q850: 19, fault: 'callee' },
  rejected: { sipStatus: 603, q850: 21, fault: 'callee' },
  unreachable: { sipStatus: 480, q850: 20, fault: 'callee' },
  'number-unknown': { sipStatus: 404, q850: 1, fault: 'caller' },
  'not-allowed': { sipStatus: 403, q850: 57, fault: 'caller' },
  'limit-reached': { sipStatus: 403, q850: 57, fault: 'caller' },
  'no-common-codec': { sipStatus: 488, q850: 65, fault: 'caller' },
  'bad-request': { sipStatus: 400, q850: 95, fault: 'caller' },
  overloaded: { sipStatus: 503, q850: 42, fault: 'us' },
  'trunk-failed': { sipStatus: 503, q850: 38, fault: 'trunk' },
  'audio-lost': { sipStatus: 480, q850: 31, fault: 'nobody' },
  'signalling-lost': { sipStatus: 408, q850: 102, fault: 'nobody' },
  'too-long': { sipStatus: 480, q850: 31, fault: 'us' },
  'ended-by-command': { sipStatus: 480, q850: 16, fault: 'nobody' },
  'service-stopped': { sipStatus: 503, q850: 41, fault: 'us' },
  voicemail: { sipStatus: 480, q850: 16, fault: 'nobody' },
  'ended-by-route': { sipStatus: 480, q850: 16, fault: 'nobody' },
  interrupted: { sipStatus: 503, q850: 41, fault: 'us' },
  'internal-error': { sipStatus: 500, q850: 41, fault: 'us' },
};

export const sipStatusOf = (cause: EndCause): number => causes[cause].sipStatus;
export const q850Of = (cause: EndCause): number => causes[cause].q850;
export const faultOf = (cause: EndCause): Fault => causes[cause].fault;

/** Which of our texts tells a caller whom we have answered. */
const prompts: Readonly<Partial<Record<EndCause, string>>> = {
  busy: 'busy',
  rejected: 'busy',
  'no-answer': 'no-answer',
  unreachable: 'unreachable',
  'number-unknown': 'number-unknown',
  'not-allowed': 'not-allowed',
  'limit-reached': 'limit-reached',
  overloaded: 'trunk-failed',
  'trunk-failed': 'trunk-failed',
};
export const promptOf = (cause: EndCause): string => prompts[cause] ?? 'not-available';

/** What a final response of a device of ours means (RFC 3261 section 21). */
export function causeOfDeviceStatus(status: number): EndCause {
  if (status === 486 || status === 600) return 'busy';
  if (status === 603 || status === 403) return 'rejected';
  if (status === 488 || status === 606) return 'no-common-codec';
  if (status === 487) return 'no-answer';
  return 'unreachable';
}

/** What a final response of a provider means. Statuses that say nothing about the callee are the trunk's. */
export function causeOfTrunkStatus(status: number): EndCause {
  if (status === 486 || status === 600) return 'busy';
  if (status === 603) return 'rejected';
  if (status === 404 || status === 410 || status === 484 || status === 604) return 'number-unknown';
  if (status === 480 || status === 487) return 'no-answer';
  if (status === 488 || status === 606) return 'no-common-codec';
  return 'trunk-failed';
}
