/** Who is named in a list of calls, and how a call that ended or goes on is described. */
import type { EndCause } from '../../../call-router/values/cause';
import { causes } from '../../../call-router/values/cause';
import type { CallRow } from '../../../prisma/records';
import { clientName, clientNumber, ourSide } from '../../../softphone/src/calls/call-words';
import { outcomeOf, outcomeWords } from '../../../softphone/src/text/cause-words';

const names: Readonly<Record<string, string>> = { u1: 'Anna', u2: 'Petr', u3: 'Sofia' };
const nameOf = (id: string | undefined): string | undefined => names[id ?? ''];

function call(fields: Partial<CallRow>): CallRow {
  return {
    id: 'c1',
    direction: 'inbound',
    startedAt: '2026-11-23T10:00:00.000Z',
    endedAt: '2026-11-23T10:01:00.000Z',
    ringMs: 5000,
    talkMs: 0,
    totalMs: 5000,
    caller: { typed: '777123456', number: '+420777123456' },
    callee: { typed: '210000001', number: '+420210000001' },
    rangUserIds: ['u1'],
    otherCards: [],
    legs: [],
    ...fields,
  };
}

describe('the client of a call', () => {
  it('is the card, before what the caller’s phone said, before the number', () => {
    const card = { kind: 'contact', id: '1', name: 'Karel Růžička' } as const;
    const caller = { typed: '777123456', number: '+420777123456', name: 'KAREL' };
    expect(clientName(call({ card, caller }), nameOf)).toBe('Karel Růžička');
    expect(clientName(call({ caller }), nameOf)).toBe('KAREL');
    expect(clientName(call({}), nameOf)).toBe(clientNumber(call({})));
  });

  it('is said to be withheld where no number came', () => {
    expect(clientName(call({ caller: { typed: '' } }), nameOf)).toBe('Number withheld');
  });

  it('is the callee of an outbound call', () => {
    const outbound = call({ direction: 'outbound', caller: { typed: '101', userId: 'u2' } });
    expect(clientNumber(outbound)).toContain('210');
    expect(ourSide(outbound, nameOf)).toBe('Petr');
  });
});

describe('our side of a call', () => {
  it('is who answered, else who was rung', () => {
    expect(ourSide(call({ rangUserIds: ['u1', 'u2'], answeredByUserId: 'u2' }), nameOf)).toBe('Petr');
    expect(ourSide(call({ rangUserIds: ['u1', 'u2'] }), nameOf)).toBe('Anna, Petr');
    expect(ourSide(call({ rangUserIds: ['u1', 'u2', 'u3'] }), nameOf)).toBe('Anna +2');
  });
});

describe('the outcome of a call', () => {
  it.each(Object.keys(causes))('%s has words of its own', (cause) => {
    const words = outcomeWords(call({ cause: cause as EndCause }));
    expect(words).toMatch(/^[A-Z][a-z]/);
  });

  it.each([
    ['talked', { answeredAt: '2026-11-23T10:00:05.000Z', cause: 'caller-hung-up' }],
    ['missed', { cause: 'caller-gave-up' }],
    ['failed', { cause: 'trunk-failed' }],
  ] as const)('%s', (outcome, fields) => {
    expect(outcomeOf(call(fields))).toBe(outcome);
  });

  it('of one without an end is that it goes on', () => {
    const { endedAt: _, ...live } = call({ answeredAt: '2026-11-23T10:00:05.000Z' });
    expect(outcomeOf(live)).toBe('talking');
    expect(outcomeWords(live)).toBe('Talking');
  });
});
