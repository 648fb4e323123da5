/**
 * Answered by a button in the page: the phone on the desk is told to by NOTIFY `Event: talk` in its early dialog, as phones of
 * Yealink, Grandstream, Polycom and Snom take it (no RFC; BroadSoft's "remote control talk event package"). It answers with
 * the same 200 as if somebody had picked it up. Only a phone that has said that it takes it (Allow-Events) is asked.
 */
import type { CommandEvent } from '../command';
import type { Call, Leg } from '../state/call';
import type { PbxView } from '../state/view';
import type { LegId } from '../values/ids';
import { type Decision, decided, effectsOnly, ignore, withLegs } from './decision';

export function answerAsked(pbx: PbxView, event: Extract<CommandEvent, { type: 'answer-asked' }>): Decision {
  const leg = pbx.callOf(event.leg)?.legs.get(event.leg);
  // Answered or ended while the command was on its way.
  if (leg === undefined || !canAnswerWhenTold(leg)) return ignore;
  return effectsOnly({ to: 'sip', do: 'talk', leg: leg.id });
}

/** It rings, and has said that it takes the word. */
export const canAnswerWhenTold = (leg: Leg): boolean => leg.state.in === 'ringing' && leg.answersWhenTold === true;

/** Said with any provisional response, and true until the end. Undefined: nothing new. */
export function saidToAnswer(call: Call, id: LegId): Decision | undefined {
  const leg = call.legs.get(id);
  if (leg === undefined || leg.answersWhenTold === true || leg.state.in !== 'ringing') return undefined;
  return decided(withLegs(call, { ...leg, answersWhenTold: true }), []);
}
