/** Carries out commands about one leg that is open: what it speaks, what it hears, its digits. */
import { forwardDigits } from './bridge';
import { eventOf } from './dtmf';
import { watch } from './housekeeping';
import { type Leg, applySetting } from './leg';
import type { ToEngine } from './messages';
import { type Player, Sounds } from './player';
import { type ReceiveContext, tell } from './receive-rtp';
import { RecordedSound } from './recorded-sound';

export type LegCommand = Exclude<
  Extract<ToEngine, { leg: string }>,
  { type: 'open' | 'close' | 'enter-room' | 'leave-room' }
>;
type Command<Type> = Extract<LegCommand, { type: Type }>;

/** INFO says nothing of it: as loud as a press of ours, in -dBm0. */
const infoVolume = 10;

/** `leg` undefined: it is gone already, and its last command crossed its end. */
export function runLegCommand(context: ReceiveContext, command: LegCommand, leg: Leg | undefined): void {
  if (leg === undefined) return;
  const { clock, pacer } = context;
  switch (command.type) {
    case 'set':
      return applySetting(leg, command.setting);
    case 'play':
      return pacer.playTone(leg, command.tone, command.country);
    case 'play-sounds':
      return pacer.play(leg, playerOf(command));
    case 'play-recording':
      return pacer.play(leg, { source: new RecordedSound(command), prompt: { tag: command.tag, untilDigit: true } });
    case 'echo':
      leg.echoes = command.is === 'on';
      return leg.out.changeSource();
    case 'mute':
      leg.isMuted = command.is === 'on';
      return;
    case 'take-digit':
      return takeDigit(context, command, leg);
    case 'stop-playing':
      return pacer.stopPlaying(leg);
    case 'watch':
      return watch(leg, command, clock.nowMs());
    case 'watch-quality':
      leg.quality.isWatched = command.is === 'on';
      return;
    case 'far-report':
      return takeFarReport(leg, command);
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

function takeFarReport({ reports }: Leg, { fractionLost, lossRatio, roundTripMs }: Command<'far-report'>): void {
  reports.count++;
  reports.fractionLost = fractionLost;
  reports.sentLossRatio = lossRatio;
  if (roundTripMs !== undefined) reports.roundTripMs = roundTripMs;
}

function playerOf({ sounds, prompt, music }: Command<'play-sounds'>): Player {
  const behind = music === undefined ? undefined : new Sounds([music], 'endless');
  if (prompt === undefined) return { source: behind ?? new Sounds(sounds, 'once') };
  const { tag, untilDigit, isWhole } = prompt;
  const source = new Sounds(sounds, 'once', isWhole);
  return { source, prompt: { tag, untilDigit, ...(behind === undefined ? {} : { behind }) } };
}

/** A key told by SIP INFO: down and up at once, by the way that all keys go. */
function takeDigit(context: ReceiveContext, { digit, durationMs }: Command<'take-digit'>, leg: Leg): void {
  const event = eventOf(digit);
  if (event === undefined) return;
  const press = { event, volume: infoVolume, durationMs };
  tell(
    context,
    leg,
    [
      { type: 'began', press },
      { type: 'ended', press, durationMs },
    ],
    'info',
  );
}
