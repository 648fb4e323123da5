/**
 * All calls of one run, moved by what arrives at the caller's and the callee's SIP port and by a sweep for what must be sent
 * again. Only what a peer that works needs (RFC 3261 §17 timers A, E and the 2xx of §13.3.1.4); all else is a failed call.
 */
import type { Socket } from 'node:dgram';
import { CallAudio } from './call-audio';
import type { Clock } from './clock';
import type { LegPool } from './leg-pool';
import type { MenuToPass } from './messages';
import {
  type LoadCall,
  ackText,
  byeText,
  callerIn,
  dialledIn,
  dialledOf,
  inviteText,
  nationalOf,
  refusedAckText,
  resendOf,
} from './load-call';
import type { Resend } from './load-call';
import type { Pacer } from './pacer';
import {
  answerText,
  audioPortOf,
  branchOf,
  cseqMethodOf,
  headerOf,
  methodOf,
  portOfUri,
  sdpText,
  statusOf,
  tagOf,
  uriOf,
} from './sip-text';
import type { Tally } from './tally';

const host = '127.0.0.1';
const giveUpMs = 32_000;
const resendMaxMs = 4000;
/** An ended call still answers what comes late. */
const lingerMs = 2000;

export interface CallsDeps {
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly pool: LegPool | undefined;
  readonly tally: Tally;
  readonly callerSocket: Socket;
  readonly calleeSocket: Socket;
  readonly sipPort: number;
  readonly callerPort: number;
  readonly calleePort: number;
  /** From answer to BYE; undefined: until `hangUp`. */
  readonly holdMs: number | undefined;
  /** Undefined: the callee is dialled. */
  readonly menu: MenuToPass | undefined;
  readonly runId: string;
}

export class Calls {
  private readonly byNumber = new Map<number, LoadCall>();
  private readonly byCallId = new Map<string, LoadCall>();
  /** Behind a menu the callee sees who calls, not what was dialled. */
  private readonly byCaller = new Map<number, LoadCall>();
  private readonly deps: CallsDeps;
  private readonly audio: CallAudio;

  constructor(deps: CallsDeps) {
    this.deps = deps;
    this.audio = new CallAudio(deps);
  }

  get live(): readonly LoadCall[] {
    return [...this.byNumber.values()].filter((call) => call.caller !== 'ended' || call.callee !== 'ended');
  }

  get isEmpty(): boolean {
    return this.byNumber.size === 0;
  }

  start(call: { readonly number: number; readonly contactNumber: string; readonly inWindow: boolean }): void {
    const { clock, pool, tally, runId, menu } = this.deps;
    const legs = pool?.take();
    if (pool !== undefined && legs === undefined) return tally.failed('not started: too many live');
    const callId = `${call.number}-${runId}`;
    const remoteTarget = '';
    const one: LoadCall = {
      ...{
        ...call,
        callId,
        legs,
        startedMs: clock.nowMs(),
        remoteTag: '',
        remoteTarget,
        calleeBranch: '',
        calleeCallId: '',
        ack: '',
      },
      ...{ dialled: menu?.number ?? dialledOf(call.number), digit: menu?.digit },
      ...{ caller: 'inviting', callee: 'waiting', hasProvisional: false, answeredMs: 0, talkingMs: 0, endedMs: 0 },
      ...{ callerSends: undefined, calleeSends: undefined },
    };
    this.byNumber.set(one.number, one);
    this.byCallId.set(one.callId, one);
    if (menu !== undefined) this.byCaller.set(nationalOf(one), one);
    tally.started++;
    if (one.inWindow) tally.startedInWindow++;
    one.callerSends = resendOf(inviteText(one, this.deps, legs?.caller.port ?? this.deps.callerPort), clock.nowMs());
    this.callerSend(one.callerSends.text);
  }

  hangUp(call: LoadCall): void {
    if (call.caller !== 'up') return;
    call.caller = 'ending';
    this.audio.stop(call, 'caller');
    call.callerSends = resendOf(byeText(call, this.deps), this.deps.clock.nowMs());
    this.callerSend(call.callerSends.text);
  }

  /** To be called every few milliseconds: sends again, hangs up what is due, forgets what has ended. */
  sweep(): void {
    const nowMs = this.deps.clock.nowMs();
    const { holdMs } = this.deps;
    for (const call of this.byNumber.values()) {
      const talks = call.caller === 'up' && call.talkingMs > 0;
      if (talks && holdMs !== undefined && nowMs - call.talkingMs >= holdMs) this.hangUp(call);
      if (call.caller === 'up' && call.talkingMs === 0 && !this.audio.isPatient(call, nowMs)) this.reachesNobody(call);
      this.resend(call.callerSends, call.caller === 'inviting' && call.hasProvisional, (text) => this.callerSend(text));
      this.resend(call.calleeSends, false, (text) => this.calleeSend(text));
      if (call.caller !== 'ended' && nowMs - (call.callerSends?.firstMs ?? nowMs) > giveUpMs)
        this.fail(call, 'no answer');
      if (call.caller === 'ended' && nowMs - call.endedMs > lingerMs) this.forget(call);
    }
  }

  fromCallerSide(message: string): void {
    const call = this.byCallId.get(headerOf(message, 'Call-ID'));
    const status = statusOf(message);
    if (status === 0) return this.requestToCaller(message, call);
    if (call === undefined) return;
    if (cseqMethodOf(message) === 'INVITE') this.inviteAnswered(call, status, message);
    else if (status >= 200 && call.caller === 'ending') this.byeAnswered(call, status);
  }

  fromCalleeSide(message: string): void {
    const method = methodOf(message);
    const call = this.byCallId.get(headerOf(message, 'Call-ID')) ?? this.invitedCall(message);
    switch (method) {
      case 'INVITE':
        return this.invited(call, message);
      case 'ACK':
        return this.acknowledged(call);
      case 'BYE':
        this.calleeSend(answerText({ request: message, status: '200 OK', tag: 'x' }));
        return this.calleeEnded(call);
      case 'SIP/2.0':
        return;
      default:
        this.calleeSend(answerText({ request: message, status: '200 OK', tag: 'x' }));
    }
  }

  private reachesNobody(call: LoadCall): void {
    this.deps.tally.failed('nobody behind the menu');
    this.hangUp(call);
  }

  private requestToCaller(message: string, call: LoadCall | undefined): void {
    if (methodOf(message) === 'ACK') return;
    this.callerSend(answerText({ request: message, status: '200 OK', tag: 'x' }));
    if (methodOf(message) === 'BYE' && call?.caller === 'up') this.fail(call, 'ended by the service');
  }

  private inviteAnswered(call: LoadCall, status: number, message: string): void {
    const { tally, clock } = this.deps;
    if (status < 200) {
      call.hasProvisional = true;
      return;
    }
    if (status >= 300) {
      this.callerSend(refusedAckText(call, this.deps, headerOf(message, 'To')));
      if (call.caller === 'inviting') this.fail(call, String(status));
      return;
    }
    if (call.caller !== 'inviting') {
      tally.retransmissions++;
      this.callerSend(call.ack);
      return;
    }
    call.caller = 'up';
    call.callerSends = undefined;
    call.answeredMs = clock.nowMs();
    call.remoteTag = tagOf(headerOf(message, 'To'));
    call.remoteTarget = uriOf(headerOf(message, 'Contact'));
    call.ack = ackText(call, this.deps);
    this.callerSend(call.ack, portOfUri(call.remoteTarget));
    tally.answered++;
    if (call.inWindow) tally.answer.add(call.answeredMs - call.startedMs);
    this.audio.start(call, 'caller', audioPortOf(message));
    if (call.digit === undefined) this.audio.talks(call, 'caller', call.answeredMs);
  }

  private byeAnswered(call: LoadCall, status: number): void {
    if (status >= 300) return this.fail(call, `BYE ${status}`);
    this.deps.tally.ended++;
    this.callerEnded(call);
  }

  private invitedCall(message: string): LoadCall | undefined {
    return this.deps.menu === undefined ? this.byNumber.get(dialledIn(message)) : this.byCaller.get(callerIn(message));
  }

  private invited(call: LoadCall | undefined, message: string): void {
    const { tally, clock, calleePort } = this.deps;
    const branch = branchOf(message);
    if (call === undefined || (call.callee !== 'waiting' && branch !== call.calleeBranch)) {
      tally.failed('an INVITE that nobody dialled');
      return this.calleeSend(answerText({ request: message, status: '404 Not Found', tag: 'x' }));
    }
    if (call.callee !== 'waiting') {
      tally.retransmissions++;
      return this.calleeSend(call.calleeSends?.text ?? '');
    }
    if (call.inWindow) tally.invite.add(clock.nowMs() - (call.legs?.caller.digitEndedMs || call.startedMs));
    call.callee = 'answered';
    call.calleeBranch = branch;
    call.calleeCallId = headerOf(message, 'Call-ID');
    this.byCallId.set(call.calleeCallId, call);
    const parts = {
      request: message,
      tag: `t${call.callId}`,
      contact: `sip:callee${call.number}@${host}:${calleePort}`,
    };
    this.calleeSend(answerText({ ...parts, status: '180 Ringing' }));
    const sdp = sdpText(call.legs?.callee.port ?? calleePort);
    call.calleeSends = resendOf(answerText({ ...parts, status: '200 OK', sdp }), clock.nowMs());
    this.calleeSend(call.calleeSends.text);
    this.audio.start(call, 'callee', audioPortOf(message));
    if (this.deps.menu === undefined) this.audio.talks(call, 'callee', clock.nowMs());
  }

  private acknowledged(call: LoadCall | undefined): void {
    if (call?.callee !== 'answered') return;
    call.callee = 'up';
    call.calleeSends = undefined;
    if (this.deps.menu === undefined) return;
    const nowMs = this.deps.clock.nowMs();
    for (const side of ['caller', 'callee'] as const) this.audio.talks(call, side, nowMs);
  }

  private calleeEnded(call: LoadCall | undefined): void {
    if (call === undefined) return;
    if (call.callee === 'ended') this.deps.tally.retransmissions++;
    else if (call.caller === 'up') this.fail(call, 'the callee was hung up on');
    call.callee = 'ended';
    call.calleeSends = undefined;
    this.audio.stop(call, 'callee');
  }

  private resend(what: Resend | undefined, isQuiet: boolean, send: (text: string) => void): void {
    const nowMs = this.deps.clock.nowMs();
    if (what === undefined || isQuiet || nowMs < what.nextMs) return;
    this.deps.tally.retransmissions++;
    what.afterMs = Math.min(resendMaxMs, what.afterMs * 2);
    what.nextMs = nowMs + what.afterMs;
    send(what.text);
  }

  private fail(call: LoadCall, why: string): void {
    this.deps.tally.failed(why);
    for (const side of ['caller', 'callee'] as const) this.audio.stop(call, side);
    call.callee = 'ended';
    call.calleeSends = undefined;
    this.callerEnded(call);
  }

  private callerEnded(call: LoadCall): void {
    call.caller = 'ended';
    call.callerSends = undefined;
    call.endedMs = this.deps.clock.nowMs();
  }

  private forget(call: LoadCall): void {
    if (call.callee !== 'ended') this.deps.tally.failed('the callee never heard of the end');
    this.byNumber.delete(call.number);
    for (const id of [call.callId, call.calleeCallId]) this.byCallId.delete(id);
    if (this.byCaller.get(nationalOf(call)) === call) this.byCaller.delete(nationalOf(call));
    if (call.legs !== undefined) this.deps.pool?.giveBack(call.legs, this.deps.tally);
  }

  private callerSend(text: string, port = this.deps.sipPort): void {
    this.deps.callerSocket.send(text, port, host);
  }

  private calleeSend(text: string): void {
    this.deps.calleeSocket.send(text, this.deps.sipPort, host);
  }
}
