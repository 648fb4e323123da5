/** A mobile number is verified by a call that says a code: who may ask, what is said, three tries, and no more than that. */
import { bindingIdOf, deviceIdOf, type NumberId, numberIdOf, userIdOf } from '../../../call-router/values/ids';
import type { PbxEffect } from '../../../call-router/effect';
import { type Person, startTestService, type TestService } from './service';

let service: TestService;
let anna: Person;
let boris: Person;
let mobile: NumberId;
let effects: PbxEffect[] = [];

/** Media and phones answer at once; what is said is kept. */
function playWorld(): void {
  const note = (effect: PbxEffect): void => void effects.push(effect);
  const at = () => service.deps.clock.now();
  const { board } = service;
  board.connect({
    sip: (effect) => {
      note(effect);
      if (effect.do !== 'invite') return;
      board.post({
        from: 'sip',
        type: 'leg-answered',
        at: at(),
        call: callOf(effect.leg),
        leg: effect.leg,
        sdp: effect.sdp,
      });
    },
    media: (effect) => {
      note(effect);
      if (effect.do !== 'open-offering-leg') return;
      const { leg } = effect;
      board.post({ from: 'media', type: 'leg-opened', at: at(), call: callOf(leg), leg, sdp: 'v=0' as never });
    },
    recordings: note,
    crm: note,
    store: note,
    desk: note,
    clock: note,
  });
}

const callOf = (leg: string) => leg.slice(0, leg.lastIndexOf('.')) as never;

function codeSaid(): string {
  const said = effects.flatMap((effect) =>
    effect.to === 'media' && effect.do === 'play-prompts' ? effect.prompts : [],
  );
  const figures = said.find((part) => 'digits' in part);
  if (figures === undefined || !('digits' in figures)) throw new Error('no code was said');
  return figures.digits;
}

beforeAll(async () => {
  service = await startTestService();
  anna = await service.person('anna', 'operator', { extension: '101' });
  boris = await service.person('boris', 'operator', { extension: '102' });
  const device = await service.ask('POST', `/api/users/${anna.id}/devices`, { as: 'token', body: { name: 'desk' } });
  const trunk = await service.ask('POST', '/api/trunks', {
    as: 'token',
    body: { name: 'provider', kind: 'address', host: '192.0.2.10', port: 5060, transport: 'udp' },
  });
  expect(trunk.status).toBe(201);
  const made = await service.ask('POST', '/api/numbers', {
    as: 'token',
    body: {
      number: '+420777000101',
      kind: 'mobile',
      ownerUserId: anna.id,
      route: { to: 'user', userId: anna.id },
    },
  });
  expect(made.status).toBe(201);
  mobile = numberIdOf(String(made.json['id']));
  playWorld();
  const of = { kind: 'device', device: deviceIdOf(String(device.json['id'])) } as const;
  const binding = {
    id: bindingIdOf('b1'),
    of,
    host: '192.0.2.30',
    media: 'rtp' as const,
    expiresAt: service.deps.clock.now(),
  };
  service.board.post({ from: 'sip', type: 'bindings-changed', at: service.deps.clock.now(), of, bindings: [binding] });
});
afterAll(() => service.close());
beforeEach(() => {
  effects = [];
});

const call = (as: Person | 'token') => service.ask('POST', `/api/numbers/${mobile}/verification`, { as, body: {} });
const tell = (as: Person | 'token', code: string) =>
  service.ask('POST', `/api/numbers/${mobile}/verification/code`, { as, body: { code } });

it('is not there for a colleague', async () => {
  expect((await call(boris)).status).toBe(404);
  expect((await tell(boris, '000000')).status).toBe(404);
});

it('asks for the call first', async () => {
  const early = await tell(anna, '000000');
  expect(early.status).toBe(409);
  expect(early.json['detail']).toContain('called first');
});

it('says a code to whoever answers, takes it back once, and does not call again at once', async () => {
  expect(service.deps.directory().numbers.find(({ id }) => id === mobile)?.isVerified).toBe(false);
  const called = await call(anna);
  expect([called.status, called.json['detail']]).toEqual([202, undefined]);
  expect(effects).toContainEqual(expect.objectContaining({ to: 'sip', do: 'invite' }));
  const code = codeSaid();
  expect(code).toMatch(/^\d{6}$/);
  expect((await call(anna)).json['detail']).toContain('less than a minute');
  const wrong = await tell(anna, code === '111111' ? '222222' : '111111');
  expect(wrong.status).toBe(422);
  const right = await tell(anna, code);
  expect(right.status).toBe(200);
  expect(right.json['isVerified']).toBe(true);
  expect(service.deps.directory().numbers.find(({ id }) => id === mobile)?.isVerified).toBe(true);
  expect((await tell(anna, code)).status).toBe(409);
});

it('is not verified any more when the number or its owner changes', async () => {
  const body = { ownerUserId: boris.id };
  const changed = await service.ask('PATCH', `/api/numbers/${mobile}`, { as: 'token', body });
  expect(changed.json['isVerified']).toBe(false);
  expect(
    service.board.view.directory.numbers.find(({ ownerUserId }) => ownerUserId === userIdOf(boris.id))?.isVerified,
  ).toBe(false);
});

it('no code is in the log', () => {
  expect(service.logLines.join('')).not.toContain('verification-code');
});
