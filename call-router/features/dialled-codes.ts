/**
 * Feature codes that are dialled (DESIGN section 4): each does its work and says what it did. The call made by dialling one
 * is no conversation: it leaves no record.
 */
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import { attend } from './attend';
import { type Decision, both, callerLegOf, ignore } from './decision';
import type { Destination } from './dial-plan';
import { type InviteReceived, openCallerLeg } from './ring';

export interface CodeDialled {
  readonly event: InviteReceived;
  readonly code: Extract<Destination, { readonly kind: 'code' }>;
}

export function runDialledCode(pbx: PbxView, call: Call, { event, code }: CodeDialled): Decision {
  const leg = callerLegOf(call);
  if (leg === undefined) return ignore;
  const service: Call = { ...call, isService: true };
  const open = openCallerLeg(pbx, service, event);
  const by =
    code.code === 'echo'
      ? ({ kind: 'echo' } as const)
      : ({ kind: 'announcement', prompts: [{ say: 'not-available' }], cause: 'number-unknown' } as const);
  return both([open], attend(pbx, service, { leg: leg.id, by, at: event.at }));
}
