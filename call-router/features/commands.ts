/** What buttons and programs ask of a call (REST, desk socket). server/call-commands.ts has checked it against the same view. */
import type { CommandEvent } from '../command';
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import { backToCustomer, partyLeft } from './consult';
import { type Decision, effectsOnly, ignore, isConnected, both } from './decision';
import { transferAlarm } from './guard-alarm';
import { asPlainTalk } from './supervise';
import { turnRecording } from './turn-recording';
import { consult, isConsulting, transferBlind } from './transfer';

type Command<Type> = Extract<CommandEvent, { readonly type: Type }>;

export function transferAsked(pbx: PbxView, event: Command<'transfer-asked'>): Decision {
  const call = pbx.callOf(event.leg);
  const transferor = call?.legs.get(event.leg);
  if (call === undefined || transferor === undefined || !isConnected(transferor)) return ignore; // it ended meanwhile
  if (transferor.isSupervisor === true) return ignore;
  const transfer = (talk: Call): Decision => {
    if (talk.state.in !== 'talking') return ignore;
    const asked = { call: talk, transferor, target: event.target, at: event.at };
    const outcome = event.kind === 'blind' ? transferBlind(pbx, asked) : consult(pbx, asked);
    return typeof outcome === 'string' ? transferAlarm(pbx, asked) : outcome;
  };
  return asPlainTalk(pbx, call, { at: event.at, go: transfer });
}

/** As if the transferor had hung up. */
export function completeAsked(pbx: PbxView, event: Command<'transfer-complete-asked'>): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  if (call === undefined || leg === undefined || !isConsulting(call) || call.state.transferor !== leg.id) return ignore;
  const left = partyLeft(pbx, call, { leg, at: event.at }) ?? ignore;
  return both([{ to: 'sip', do: 'bye', leg: leg.id, cause: 'transferred' }], left);
}

export function cancelAsked(pbx: PbxView, event: Command<'transfer-cancel-asked'>): Decision {
  const call = pbx.callOf(event.leg);
  if (call === undefined || !isConsulting(call) || call.state.transferor !== event.leg) return ignore;
  return backToCustomer(pbx, call, { cause: 'transferred', at: event.at });
}

export function recordingAsked(pbx: PbxView, event: Command<'recording-asked'>): Decision {
  const call = pbx.calls.get(event.call);
  const turned = call === undefined ? 'as-it-is' : turnRecording(pbx, call, { to: event.state });
  return typeof turned === 'string' ? ignore : turned;
}

export function digitsAsked(pbx: PbxView, event: Command<'digits-asked'>): Decision {
  const leg = pbx.callOf(event.leg)?.legs.get(event.leg);
  if (leg === undefined || !isConnected(leg)) return ignore;
  return effectsOnly({ to: 'media', do: 'send-digits', leg: leg.id, digits: event.digits });
}
