/** Lamps follow from what changed: the state before is looked at here, the state after when the changes are applied. */
import type { PbxEffect } from '../call-router/effect';
import { lampsOf, messageLampOf } from '../call-router/features/lamps';
import type { Change, PbxView } from '../call-router/state/view';
import type { CallId } from '../call-router/values/ids';

/** To be called before the changes are applied; what it returns, after. */
export function lampsAround(pbx: PbxView, changes: readonly Change[]): () => readonly PbxEffect[] {
  const calls = new Map([...callsIn(changes)].map((id) => [id, pbx.calls.get(id)]));
  const counts = changes.flatMap((change) => (change.set === 'mailbox-count' ? [change.count] : []));
  const before = counts.map(({ mailbox }) => pbx.mailboxCounts.get(mailbox));
  return () => [
    ...[...calls].flatMap(([id, call]) => lampsOf(pbx, call, pbx.calls.get(id))),
    ...counts.flatMap((count, at) => messageLampOf(pbx, before[at], count)),
  ];
}

function* callsIn(changes: readonly Change[]): Generator<CallId> {
  for (const change of changes) {
    if (change.set === 'call') yield change.call.id;
    if (change.set === 'call-gone') yield change.call;
  }
}
