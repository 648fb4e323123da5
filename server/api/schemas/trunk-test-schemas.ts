/** Schemas of the test of a trunk. */
import { Type } from '@sinclair/typebox';
import type { TrunkTest } from '../../../sip-gateway/test-trunk';
import { trunkPatch } from './office-schemas';
import { closed, count, id, oneOf } from './schema';

const { kind, host, port, transport, username, password, weRegister } = trunkPatch.properties;
export const trunkToTest = Type.Object(
  { trunkId: Type.Optional(id), kind, host, port, transport, username, password, weRegister },
  closed,
);

/** A pbx that registers at us has no host to ask: it has come, or not yet. */
type Done = TrunkTest | { readonly outcome: 'is-registered-here' | 'waits-for-it' };

const outcomes: Readonly<Record<Done['outcome'], true>> = {
  registered: true,
  answers: true,
  'wrong-password': true,
  rejected: true,
  'no-answer': true,
  'unknown-host': true,
  unreachable: true,
  'not-ready': true,
  'is-registered-here': true,
  'waits-for-it': true,
};
const names = Object.keys(outcomes) as Done['outcome'][]; // Object.keys forgets what the table knows

export const trunkTest = Type.Unsafe<Done>(
  Type.Object({
    outcome: oneOf(names),
    status: Type.Optional(Type.Integer({ description: 'of the SIP response that decided it' })),
    ms: Type.Optional({ ...count, description: 'milliseconds it took' }),
    forS: Type.Optional({ ...count, description: 'registered: seconds that were given' }),
  }),
);
