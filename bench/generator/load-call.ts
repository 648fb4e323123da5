/**
 * One call as the generator sees it, both ends: the caller (UAC) and the callee (UAS) of the service between them, joined by
 * the six digits dialled. Data and the texts of its messages; calls.ts moves it.
 */
import type { RtpLeg } from './rtp-leg';
import { type RequestText, requestText, sdpText } from './sip-text';

const host = '127.0.0.1';

export interface LoadCall {
  /** 0 to 99,999, dialled as 1 and five digits. */
  readonly number: number;
  readonly callId: string;
  readonly contactNumber: string;
  readonly legs: Legs | undefined;
  readonly inWindow: boolean;
  readonly startedMs: number;
  /** Behind a menu: what is dialled to reach it, and the digit to press, until it is pressed. */
  readonly dialled: string;
  digit: string | undefined;
  caller: 'inviting' | 'up' | 'ending' | 'ended';
  callee: 'waiting' | 'answered' | 'up' | 'ended';
  hasProvisional: boolean;
  answeredMs: number;
  /** Since when both ends talk; 0: they do not yet. */
  talkingMs: number;
  endedMs: number;
  /** Of the dialog with the service: its tag, Contact and where that listens. */
  remoteTag: string;
  remoteTarget: string;
  calleeBranch: string;
  calleeCallId: string;
  /** What is sent again until it is answered. */
  callerSends: Resend | undefined;
  calleeSends: Resend | undefined;
  ack: string;
}

export interface Legs {
  readonly caller: RtpLeg;
  readonly callee: RtpLeg;
}

export interface Resend {
  readonly text: string;
  readonly firstMs: number;
  nextMs: number;
  afterMs: number;
}

export interface Place {
  readonly sipPort: number;
  readonly callerPort: number;
}

export const dialledOf = (call: number): string => `1${String(call).padStart(5, '0')}`;

/** The call's number of a request the service sent on: its Request-URI holds what was dialled. */
export const dialledIn = (request: string): number => Number(/^\w+ sip:\+?1(\d{5})@/.exec(request)?.[1] ?? -1);

/** The caller's number without its country, as the callee sees it: 0 for none. Joins the ends of a call behind a menu. */
export const callerIn = (request: string): number =>
  Number(/^From:[^\r]*sip:[^@\r]*?(\d{9})@/im.exec(request)?.[1] ?? 0);
export const nationalOf = ({ contactNumber }: Pick<LoadCall, 'contactNumber'>): number =>
  Number(contactNumber.slice(-9));

/** T1 of RFC 3261 §17.1.1.2; doubled each time. */
const t1Ms = 500;

export const resendOf = (text: string, nowMs: number): Resend => ({
  text,
  firstMs: nowMs,
  nextMs: nowMs + t1Ms,
  afterMs: t1Ms,
});

export function inviteText(call: LoadCall, place: Place, rtpPort: number): string {
  return requestText({
    ...within(call, place),
    method: 'INVITE',
    uri: uriOf(call, place),
    branch: `z9hG4bKi${call.callId}`,
    cseq: 1,
    to: `<${uriOf(call, place)}>`,
    contact: `sip:load@${host}:${place.callerPort}`,
    sdp: sdpText(rtpPort),
  });
}

/** For a 2xx (RFC 3261 §13.2.2.4). */
export const ackText = (call: LoadCall, place: Place): string =>
  requestText({ ...within(call, place), method: 'ACK', branch: `z9hG4bKa${call.callId}`, cseq: 1 });

/** For a refusal: on the INVITE's own branch (RFC 3261 §17.1.1.3). */
export const refusedAckText = (call: LoadCall, place: Place, to: string): string =>
  requestText({
    ...within(call, place),
    method: 'ACK',
    uri: uriOf(call, place),
    to,
    branch: `z9hG4bKi${call.callId}`,
    cseq: 1,
  });

export const byeText = (call: LoadCall, place: Place): string =>
  requestText({ ...within(call, place), method: 'BYE', branch: `z9hG4bKb${call.callId}`, cseq: 2 });

const uriOf = (call: LoadCall, { sipPort }: Place): string => `sip:${call.dialled}@${host}:${sipPort}`;

function within(call: LoadCall, place: Place): Omit<RequestText, 'method' | 'branch' | 'cseq'> {
  return {
    uri: call.remoteTarget,
    ownPort: place.callerPort,
    from: `<sip:${call.contactNumber}@${host}:${place.callerPort}>;tag=f${call.callId}`,
    to: `<${uriOf(call, place)}>;tag=${call.remoteTag}`,
    callId: call.callId,
  };
}
