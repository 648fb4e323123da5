/**
 * Carries out what decide-phone.ts decides: the line (sip.js, loaded when there is first an account), the microphone, the ringer, the
 * lights of the headset. Starts the work and returns; outcomes are events.
 */
import { assertNever } from '../../../call-router/values/assert';
import type { BrowserPhone } from '../../../server/api/desk-messages';
import { post } from '../api/request';
import { after, chance, now } from '../clock';
import { audioChoice } from './audio-choice';
import { headsetKeys } from './headset-keys';
import { instanceId, newId } from './identity';
import { Microphone } from './microphone';
import type { PhoneEffect, PhoneEvent, PhoneNews } from './phone-event';
import { lampsOf, type PhoneState, soundOf } from './phone-state';
import { Ringer } from './ringer';
import type { SipCall } from './sip-call';
import type { SipLine } from './sip-line';

/** RFC 3261 section 14.1: up to two seconds for who did not make the call's Call-ID; near enough for who did. */
const glareMaxMs = 4_000;

interface RunnerParts {
  readonly post: (event: PhoneEvent) => void;
  readonly tell: (news: PhoneNews) => void;
  /** The path to the server is dead, not the phone's connection alone. */
  readonly pathDied: () => void;
}

export class EffectRunner {
  readonly microphone: Microphone;
  private readonly parts: RunnerParts;
  private readonly ringer = new Ringer();
  private line: SipLine | undefined;
  private cancelRetry = (): void => undefined;

  constructor(parts: RunnerParts) {
    this.parts = parts;
    this.microphone = new Microphone(parts.post);
  }

  /** What follows from the state alone. */
  show(state: PhoneState): void {
    this.ringer.play(soundOf(state));
    headsetKeys.light(lampsOf(state));
    for (const { id, state: is } of state.calls)
      this.line?.call(id)?.setSound({ isHeld: is.in === 'held', isMuted: 'muted' in is && is.muted });
  }

  moveToSpeakers(): void {
    for (const call of this.line?.all() ?? []) call.moveToSpeaker();
  }

  run(effect: PhoneEffect): void {
    switch (effect.do) {
      case 'open-socket':
        return void this.open(effect.account);
      case 'close-socket':
        this.cancelRetry();
        return this.line?.close();
      case 'probe':
        return this.line?.probe();
      case 'register':
        return this.line?.register();
      case 'retry-later':
        this.cancelRetry = after(effect.afterMs, () => this.parts.post({ type: 'retry-due' }));
        return undefined;
      case 'open-microphone':
        return this.microphone.open();
      case 'close-microphone':
        return this.microphone.close();
      case 'replace-track':
        return this.line?.all().forEach((call) => call.replaceTrack());
      case 'tell':
        return this.parts.tell(effect.what);
      case 'dial':
        return this.line?.dial(effect.id, effect.wish);
      case 'hang-up-lost':
        return hangUp(effect);
      default:
        return this.runOnCall(effect, this.line?.call(effect.id));
    }
  }

  private runOnCall(effect: Extract<PhoneEffect, { readonly id: string }>, call: SipCall | undefined): void {
    const { id } = effect;
    switch (effect.do) {
      case 'accept':
        return this.line?.accept(id);
      case 'refuse-busy':
        return call?.end(486);
      case 'reject':
      case 'end':
      case 'forget':
        return call?.end();
      case 'hold':
        return call?.hold();
      case 'unhold':
        return call?.unhold();
      case 'send-digits':
        return call?.sendDigits(effect.digits);
      case 'restart-ice':
        return call?.restartIce();
      case 'restart-later':
        return void after(effect.afterMs, () => this.parts.post({ type: 'restart-due', id }));
      case 'dial':
        return this.line?.dial(id, effect.wish);
      default:
        return assertNever(effect);
    }
  }

  private async open(account: BrowserPhone): Promise<void> {
    this.cancelRetry();
    try {
      const { SipLine: Line } = await import('./sip-line');
      if (this.line?.isFor(account) !== true) {
        this.line?.close();
        this.line = new Line(account, {
          post: this.parts.post,
          now,
          chance,
          newId,
          instanceId: instanceId(),
          track: () => this.microphone.track(),
          speaker: () => audioChoice().speaker,
          pathDied: this.parts.pathDied,
          glare: (again) => void after(glareMaxMs * chance(), again),
        });
      }
      this.line.open();
    } catch {
      // The part of the page did not come: as if the connection had not opened. Tried again.
      this.parts.post({ type: 'socket-closed', chance: chance() });
    }
  }
}

/** Refused: it is over already. No answer: it is offered again with the next desk socket, or its time is over. */
function hangUp({ callId, legId }: Extract<PhoneEffect, { readonly do: 'hang-up-lost' }>): void {
  void post(`/api/calls/${encodeURIComponent(callId)}/hangup`, { legId }).catch(() => undefined);
}
