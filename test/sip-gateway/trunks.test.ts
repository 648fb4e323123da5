import { createHmac } from 'node:crypto';
import { callIdOf, legIdOf, sdpOf, trunkIdOf } from '../../call-router/values/ids';
import type { TrunkAccount } from '../../sip-gateway/accounts';
import { device, invite, Office, passwordOf, proven, realm, register, trunk } from './office';
import { type RawMessage, type RawPhone, sdp } from './raw-phone';

let office: Office;

beforeEach(async () => {
  office = await Office.open({ devices: [device('anna')], trunks: [] });
});
afterEach(() => office.close());

const configure = (...trunks: TrunkAccount[]) => office.gateway.configure({ devices: [device('anna')], trunks });
const state = () => office.event('trunk-state-changed');
const alive = (phone: RawPhone) =>
  phone.always((message) => {
    if (message.method !== 'OPTIONS') return false;
    phone.answer(message, 200);
    return true;
  });

describe('a trunk we register at', () => {
  let provider: RawPhone;
  const account = (): TrunkAccount =>
    trunk({
      id: 'prov',
      kind: 'registration',
      host: '127.0.0.2',
      port: provider.port,
      username: 'acc',
      password: 'pw',
    });
  const challenge = (nonce: string, more = '') => ({
    lines: [`WWW-Authenticate: Digest realm="prov", nonce="${nonce}", algorithm=MD5, qop="auth"${more}`],
  });
  const accept = (message: RawMessage, seconds: number) =>
    provider.answer(message, 200, { lines: [`Contact: ${contactOf(message)};expires=${seconds}`] });
  const contactOf = (message: RawMessage) => message.header('contact').split(';expires')[0] ?? '';
  const authorizationOf = (message: RawMessage) => {
    const text = message.header('authorization');
    return { nonce: /nonce="([^"]*)"/.exec(text)?.[1], nc: /nc=(\w+)/.exec(text)?.[1] };
  };

  beforeEach(async () => {
    provider = await office.phone('127.0.0.2');
  });

  /** Registered for 100 s; its challenge answered. */
  async function registered() {
    configure(account());
    const first = await provider.request('REGISTER');
    provider.answer(first, 401, challenge('n1'));
    const second = await provider.request('REGISTER');
    accept(second, 100);
    expect(await state()).toMatchObject({ trunk: 'prov', state: 'up' });
    return { first, second };
  }

  test('registers with digest, refreshes in time with the same nonce and the next count, un-registers at the stop', async () => {
    const { first, second } = await registered();
    expect(first.uri).toBe(`sip:127.0.0.2:${provider.port}`);
    expect(second.header('call-id')).toBe(first.header('call-id'));
    expect([first.header('cseq'), second.header('cseq')]).toEqual(['1 REGISTER', '2 REGISTER']);
    expect(authorizationOf(second)).toEqual({ nonce: 'n1', nc: '00000001' });
    office.clock.forward(49_000);
    await office.settled(provider).catch(() => undefined);
    office.clock.forward(42_000);
    const refresh = await provider.request('REGISTER');
    expect(authorizationOf(refresh)).toEqual({ nonce: 'n1', nc: '00000002' });
    provider.answer(refresh, 401, challenge('n2', ', stale=true'));
    const again = await provider.request('REGISTER');
    expect(authorizationOf(again)).toEqual({ nonce: 'n2', nc: '00000001' });
    accept(again, 100);
    const stopping = provider.request('REGISTER').then((last) => {
      expect(last.header('expires')).toBe('0');
      accept(last, 0);
    });
    await Promise.all([office.gateway.stop(), stopping]);
  });

  test('423 says how long it must be', async () => {
    configure(account());
    const first = await provider.request('REGISTER');
    expect(first.header('expires')).toBe('600');
    provider.answer(first, 423, { lines: ['Min-Expires: 1800'] });
    const second = await provider.request('REGISTER');
    expect(second.header('expires')).toBe('1800');
    accept(second, 1800);
    expect(await state()).toMatchObject({ state: 'up' });
  });

  test.each([
    ['403', (message: RawMessage) => provider.answer(message, 403)],
    [
      'a challenge again',
      (message: RawMessage) => provider.answer(message, 401, challenge(`x${Math.floor(message.text.length)}`)),
    ],
  ])('%s means refused; it is tried again, but slowly', async (_, answer) => {
    configure(account());
    answer(await provider.request('REGISTER'));
    if (_ !== '403') answer(await provider.request('REGISTER'));
    expect(await state()).toMatchObject({ state: 'refused' });
    office.clock.forward(120_000);
    expect(provider.received.filter(({ method }) => method === 'REGISTER')).toEqual([]);
    office.clock.forward(180_000);
    accept(await provider.request('REGISTER'), 100);
    expect(await state()).toMatchObject({ state: 'up' });
  });

  test('after an outage it is registered again, with growing pauses', async () => {
    await registered();
    office.clock.forward(91_000);
    for (let attempt = 0; attempt < 4; attempt++) {
      provider.answer(await provider.request('REGISTER'), 503);
      if (attempt === 0) expect(await state()).toMatchObject({ state: 'down' });
      else await office.settled(provider).catch(() => undefined);
      office.clock.forward(2_000 * 2 ** attempt);
    }
    accept(await provider.request('REGISTER'), 100);
    expect(await state()).toMatchObject({ state: 'up' });
  });

  test('its calls come to our own Contact user: known from any address, and To has the number', async () => {
    const { second } = await registered();
    const contactUser = /sip:([^@]+)@/.exec(contactOf(second))?.[1] ?? '';
    const elsewhere = await office.phone('127.0.0.77');
    const request = invite('<sip:+420601111111@prov>', `sip:${contactUser}@127.0.0.1`, {
      to: '<sip:+420222333444@prov>',
      lines: ['Content-Type: application/sdp', elsewhere.contact()],
      body: sdp(),
    });
    elsewhere.send(elsewhere.textOf(request));
    expect(await office.event('invite-received')).toMatchObject({
      origin: { kind: 'trunk', trunk: 'prov' },
      dialled: '+420222333444',
    });
  });
});

describe('who may use a Contact user of ours', () => {
  const elsewhere = '127.0.0.77';
  const contactUserIn = (message: RawMessage) => /sip:([^@]+)@/.exec(message.header('contact'))?.[1] ?? '';
  const inviteTo = (user: string, from: RawPhone) =>
    invite('<sip:+420601111111@x>', `sip:${user}@127.0.0.1`, {
      to: '<sip:+420222333444@x>',
      lines: ['Content-Type: application/sdp', from.contact()],
      body: sdp(),
    });
  /** Every name somebody could compute from what is public: ids and realm are no secrets. */
  const guessesFor = (id: string) =>
    [`${id}\n${realm}`, id, realm, ''].map(
      (key) => `t${createHmac('sha256', key).update(`contact\n${id}`).digest('hex').slice(0, 20)}`,
    );

  test('of a pbx, of an address and of a registration without password: nobody is let in by a computed name', async () => {
    const stranger = await office.phone(elsewhere);
    configure(
      trunk({ id: 'pbx', kind: 'pbx', username: 'office', password: passwordOf('office') }),
      trunk({ id: 'peer', kind: 'address', host: '127.0.0.2', port: 9 }),
      trunk({ id: 'open', kind: 'registration', host: '127.0.0.2', port: 9 }),
    );
    for (const user of ['pbx', 'peer', 'open'].flatMap(guessesFor).slice(0, 9))
      expect((await stranger.ask(inviteTo(user, stranger))).status).toBe(401);
    expect(office.events.some(({ type }) => type === 'invite-received')).toBe(false);
  });

  test('a Contact shown to a peer known by address opens no door to it', async () => {
    const [peer, stranger] = [await office.phone('127.0.0.2'), await office.phone(elsewhere)];
    alive(peer);
    configure(trunk({ id: 'peer', kind: 'address', host: '127.0.0.2', port: peer.port }));
    office.run({
      to: 'sip',
      do: 'invite',
      leg: legIdOf(callIdOf('7'.repeat(32)), 2),
      target: { kind: 'trunk', trunk: trunkIdOf('peer'), number: '+420601111111' },
      shows: { number: '+420222333444', withheld: false },
      sdp: sdpOf(sdp()),
    });
    const outgoing = await peer.request('INVITE');
    peer.answer(outgoing, 486);
    expect((await stranger.ask(inviteTo(contactUserIn(outgoing), stranger))).status).toBe(401);
  });

  test('the name at a provider is secret, the same after a restart, and closed to others where its addresses are listed', async () => {
    const provider = await office.phone('127.0.0.2');
    const host = { host: '127.0.0.2', port: provider.port, username: 'acc', password: 'pw' };
    const account = trunk({ id: 'prov', kind: 'registration', ...host, allowedAddresses: ['127.0.5.0/24'] });
    configure(account);
    const asked = await provider.request('REGISTER');
    const user = contactUserIn(asked);
    expect(guessesFor('prov')).not.toContain(user);
    const [stranger, listed] = [await office.phone(elsewhere), await office.phone('127.0.5.9')];
    expect((await stranger.ask(inviteTo(user, stranger))).status).toBe(401);
    listed.send(listed.textOf(inviteTo(user, listed)));
    expect((await office.event('invite-received')).origin).toEqual({ kind: 'trunk', trunk: 'prov' });
    const again = await Office.open({ devices: [], trunks: [{ ...account, password: 'changed' }] });
    const anew = await provider.next(
      'REGISTER again',
      (m) => m.method === 'REGISTER' && m.header('call-id') !== asked.header('call-id'),
    );
    expect(contactUserIn(anew)).toBe(user);
    await again.close();
  });
});

describe('a trunk known by address is watched with OPTIONS', () => {
  test('any answer means up; three misses down; two answers up again', async () => {
    const peer = await office.phone('127.0.0.2');
    configure(trunk({ id: 'a', kind: 'address', host: '127.0.0.2', port: peer.port }));
    const seen = new Set<string>();
    // What is not answered comes again for half a minute, on a busy machine behind the next probe too.
    const probe = async () => {
      const request = await peer.next('a probe', (m) => m.method === 'OPTIONS' && !seen.has(m.header('cseq')));
      seen.add(request.header('cseq'));
      return request;
    };
    peer.answer(await probe(), 503); // its own, so it lives
    expect(await state()).toMatchObject({ trunk: 'a', state: 'up' });
    for (let miss = 0; miss < 3; miss++) {
      office.clock.forward(miss === 0 ? 30_000 : 5_000);
      await probe();
      office.clock.forward(5_000);
    }
    expect(await state()).toMatchObject({ trunk: 'a', state: 'down' });
    for (let answer = 0; answer < 2; answer++) {
      office.clock.forward(answer === 0 ? 30_000 : 5_000);
      peer.answer(await probe(), 200);
      if (answer === 0) await office.settled(peer);
    }
    expect(await state()).toMatchObject({ trunk: 'a', state: 'up' });
  });
});

describe('which trunk sends an INVITE', () => {
  const from = '<sip:+420601111111@x>';
  const call = (phone: RawPhone, number: string, of: { to?: string; lines?: string[] } = {}) => {
    const uri = `sip:${number}@127.0.0.1`;
    const lines = ['Content-Type: application/sdp', phone.contact(), ...(of.lines ?? [])];
    const request = invite(from, uri, { lines, body: sdp(), ...(of.to === undefined ? {} : { to: of.to }) });
    phone.send(phone.textOf(request));
    return request;
  };
  const origin = async () => {
    const event = await office.event('invite-received');
    return [event.origin.kind === 'trunk' ? event.origin.trunk : event.origin.device, event.dialled];
  };

  test('address and port before address alone; then allowed ranges', async () => {
    const [one, two, third] = await Promise.all([0, 1, 2].map(() => office.phone('127.0.0.2')));
    const ranged = await office.phone('127.0.3.9');
    if (one === undefined || two === undefined || third === undefined) throw new Error('no phone');
    [one, two, third].forEach(alive);
    configure(
      trunk({ id: 'one', kind: 'address', host: '127.0.0.2', port: one.port }),
      trunk({ id: 'two', kind: 'address', host: '127.0.0.2', port: two.port }),
      trunk({ id: 'range', kind: 'address', host: '127.0.3.1', port: 9, allowedAddresses: ['::1', '127.0.3.0/24'] }),
    );
    call(two, '222');
    expect(await origin()).toEqual(['two', '222']);
    call(one, '222');
    expect(await origin()).toEqual(['one', '222']);
    call(third, '222');
    expect(await origin()).toEqual(['one', '222']);
    call(ranged, '222');
    expect(await origin()).toEqual(['range', '222']);
  });

  test('trunks that share an address are told apart by the number called', async () => {
    const shared = { kind: 'address' as const, host: '127.0.0.2' };
    const peer = await office.phone('127.0.0.2');
    alive(peer);
    const trunks = [trunk({ id: 'a', ...shared, port: peer.port }), trunk({ id: 'b', ...shared, port: peer.port })];
    const numbers = [
      { number: '+420222333444', trunkId: 'b' },
      { number: '+420555*', trunkId: 'a' },
    ];
    office.gateway.configure({ devices: [], trunks, numbers });
    call(peer, '222333444');
    expect(await origin()).toEqual(['b', '222333444']);
    call(peer, '+420555123');
    expect(await origin()).toEqual(['a', '+420555123']);
  });

  test('numberFrom: Request-URI, To or P-Called-Party-ID', async () => {
    const ports: RawPhone[] = [];
    for (let i = 0; i < 3; i++) {
      const peer = await office.phone('127.0.0.2');
      alive(peer);
      ports.push(peer);
    }
    const forms = ['request-uri', 'to', 'p-called-party-id'] as const;
    configure(
      ...forms.map((numberFrom, i) =>
        trunk({ id: numberFrom, kind: 'address', host: '127.0.0.2', port: ports[i]?.port ?? 0, numberFrom }),
      ),
    );
    const of = { to: '<sip:2@x>', lines: ['P-Called-Party-ID: "x" <tel:+3;a=b>'] };
    const seen: unknown[] = [];
    for (const peer of ports) {
      call(peer, '1', of);
      seen.push(await origin());
    }
    expect(seen).toEqual([
      ['request-uri', '1'],
      ['to', '2'],
      ['p-called-party-id', '+3'],
    ]);
  });

  test('a phone that shares the address of a trunk is still a phone, and must prove it', async () => {
    const [peer, phone] = [await office.phone('127.0.0.2'), await office.phone('127.0.0.2')];
    alive(peer);
    configure(trunk({ id: 'a', kind: 'address', host: '127.0.0.2', port: peer.port }));
    await proven(phone, register('anna', [phone.contact()]), 'anna');
    const lines = ['Content-Type: application/sdp', phone.contact()];
    const answer = await phone.ask(invite(from, 'sip:101@127.0.0.1', { lines, body: sdp() }));
    expect(answer.status).toBe(401);
  });

  test('a pbx that registered is known by its source, and is called there by extension', async () => {
    const pbx = await office.phone('127.0.0.6');
    configure(trunk({ id: 'pbx', kind: 'pbx', username: 'office', password: passwordOf('office') }));
    await proven(pbx, register('office', [pbx.contact('office')]), 'office');
    const { bindings } = await office.event('bindings-changed');
    call(pbx, '101');
    const event = await office.event('invite-received');
    expect(event.origin).toEqual({ kind: 'trunk', trunk: 'pbx' });
    office.run({
      to: 'sip',
      do: 'invite',
      leg: event.leg.replace(/1$/, '2') as typeof event.leg,
      target: { kind: 'trunk-binding', binding: bindings[0]?.id ?? (event.call as never), number: '201' },
      shows: { number: '+420601111111', withheld: false },
      sdp: sdpOf(sdp()),
    });
    expect((await pbx.request('INVITE')).uri).toBe(`sip:201@127.0.0.6:${pbx.port}`);
  });
});

describe('an office PBX that we register at', () => {
  const account = (port: number): TrunkAccount =>
    trunk({ id: 'pbx', kind: 'pbx', weRegister: true, host: '127.0.0.7', port, username: '299', password: 'pw' });

  test('calls our Contact and is the office; we call it as its own account, and its challenge is answered', async () => {
    const pbx = await office.phone('127.0.0.7');
    configure(account(pbx.port));
    const first = await pbx.request('REGISTER');
    expect(first.header('to')).toContain('sip:299@127.0.0.7');
    pbx.answer(first, 401, { lines: ['WWW-Authenticate: Digest realm="pbx", nonce="n1", algorithm=MD5, qop="auth"'] });
    const second = await pbx.request('REGISTER');
    expect(second.header('authorization')).toContain('username="299"');
    const contact = second.header('contact').split(';expires')[0] ?? '';
    pbx.answer(second, 200, { lines: [`Contact: ${contact};expires=100`] });
    expect(await state()).toMatchObject({ trunk: 'pbx', state: 'up' });
    const user = /<sip:(t[0-9a-f]{32})@/.exec(contact)?.[1] ?? '';
    // From another port, and with our name there instead of a number: To has what was dialled.
    const card = await office.phone('127.0.0.8');
    const lines = ['Content-Type: application/sdp', card.contact()];
    const request = invite('<sip:205@pbx>', `sip:${user}@127.0.0.1`, { lines, body: sdp(), to: '<sip:101@pbx>' });
    card.send(card.textOf(request));
    const event = await office.event('invite-received');
    expect(event).toMatchObject({ origin: { kind: 'trunk', trunk: 'pbx' }, caller: { user: '205' }, dialled: '101' });
    office.run({
      to: 'sip',
      do: 'invite',
      leg: legIdOf(event.call, 2),
      target: { kind: 'trunk', trunk: trunkIdOf('pbx'), number: '201' },
      shows: { number: '101', withheld: false },
      sdp: sdpOf(sdp()),
    });
    const called = await pbx.request('INVITE');
    expect([called.uri, called.header('allow')]).toEqual([
      `sip:201@127.0.0.7:${pbx.port}`,
      expect.stringContaining('REFER'),
    ]);
    pbx.answer(called, 407, {
      lines: ['Proxy-Authenticate: Digest realm="pbx", nonce="n2", algorithm=MD5, qop="auth"'],
    });
    expect((await pbx.request('INVITE')).header('proxy-authorization')).toContain('username="299"');
  });

  test('its name there is no account here: nobody registers or calls with it', async () => {
    const [pbx, stranger] = [await office.phone('127.0.0.7'), await office.phone('127.0.0.9')];
    configure(account(pbx.port));
    const answer = await proven(stranger, register('299', [stranger.contact('299')]), '299');
    expect(answer.status).toBe(403);
  });
});
