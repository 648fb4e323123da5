/** Carries out commands about one leg that is open: what it speaks, what it hears, its digits. */
import { forwardDigits } from './bridge';
import { watch } from './housekeeping';
import { type Leg, applySetting } from './leg';
import type { ToEngine } from './messages';
import type { ReceiveContext } from './receive-rtp';

export type LegCommand = Exclude<Extract<ToEngine, { leg: string }>, { type: 'open' | 'close' }>;

/** `leg` undefined: it is gone already, and its last command crossed its end. */
export function runLegCommand({ clock, pacer }: ReceiveContext, command: LegCommand, leg: Leg | undefined): void {
  if (leg === undefined) return;
  switch (command.type) {
    case 'set':
      return applySetting(leg, command.setting);
    case 'play':
      return pacer.play(leg, command.tone, command.country);
    case 'stop-playing':
      return pacer.stopPlaying(leg);
    case 'watch':
      return watch(leg, command.audioLostMs, clock.nowMs());
    case 'gate-digits':
      return leg.gate.arm();
    case 'swallow-digits':
      return forwardDigits(leg.peer, leg.gate.swallow(), pacer);
    case 'replay-digits':
      return forwardDigits(leg.peer, leg.gate.replay(), pacer);
    case 'send-digits':
      leg.digitsOut.type(command.digits);
      if (leg.digitsOut.isBusy) pacer.wake(leg);
  }
}
