/**
 * Transfer to what is served by ourselves: a plan, a queue, a mailbox. It is always a blind one. The customer is led on at once; what leads
 * nowhere before anybody has spoken to them returns to the transferor, as any transfer.
 */
import type { PbxEffect } from '../effect';
import type { Call } from '../state/call';
import type { PbxView } from '../state/view';
import type { EndCause } from '../values/cause';
import { both, type Decision, otherLegOf, withLegs } from './decision';
import type { Destination } from './dial-plan';
import { endedLeg } from './hang-up';
import { leadOn } from './lead-on';
import { pathOf, pathTo } from './onward';
import { recordLegs } from './recording-rule';
import { isServed } from './ring';
import { targetOf, type TransferAsked } from './transfer';

interface PassOn extends TransferAsked {
  /** A phone that sent REFER hears the outcome at once: we have taken the call. */
  readonly by: 'code' | 'refer' | 'announced';
}

/** Undefined: the target is rung, as any other. */
export function passToUs(pbx: PbxView, asked: PassOn): Decision | EndCause | undefined {
  const { transferor, at } = asked;
  const { call, destination } = targetOf(pbx, asked);
  const customer = call.legs.get(otherLegOf(call, transferor.id) ?? transferor.id);
  if (!isServed(destination) || customer === undefined || customer.id === transferor.id) return undefined;
  // Nobody is there to announce anything to. But a colleague whose calls go to their mailbox is: the transferor decides.
  if (asked.by === 'announced' && !('called' in destination)) return undefined;
  const passed: Call = {
    ...withLegs(call, endedLeg(transferor, 'transferred', at)),
    ...toNumber(call, destination),
    state: { in: 'transferring', customer: customer.id, to: 'target', transferor: transferor.far },
  };
  const told: PbxEffect[] =
    asked.by !== 'refer'
      ? []
      : [
          { to: 'sip', do: 'accept-refer', leg: transferor.id },
          { to: 'sip', do: 'notify-refer', leg: transferor.id, status: 200 },
        ];
  const first: PbxEffect[] = [
    ...told,
    { to: 'media', do: 'separate', a: transferor.id, b: customer.id },
    { to: 'sip', do: 'bye', leg: transferor.id, cause: 'transferred' },
    { to: 'media', do: 'close-leg', leg: transferor.id },
    ...recordLegs(call, { customer: customer.id }),
  ];
  return both(first, leadOn(pbx, passed, { leg: customer, destination, at }));
}

/** As if they had called that number themselves. */
function toNumber(call: Call, destination: Destination): Pick<Call, 'path' | 'language'> {
  const called = 'called' in destination ? destination.called : undefined;
  return {
    ...(called?.language === undefined ? {} : { language: called.language }),
    ...(called?.fallback === undefined
      ? {}
      : { path: { ...pathTo(called.fallback), forwardedBy: pathOf(call).forwardedBy } }),
  };
}
