// People, devices, trunks, numbers, log-ins and small settings: what is unique, what is refused, what the process loads.
import { deviceIdOf, trunkIdOf, userIdOf } from '../../call-router/values/ids';
import { directoryOf } from '../../prisma/load-directory';
import type { TrunkFields } from '../../prisma/operations';
import { describeStore, newNumber, newUser, operator, system, valueOf } from './store';

describeStore('settings', (store) => {
  const reading = () => store.db().reading;
  const trunkFields: TrunkFields = { name: 'Provider', kind: 'address', host: '192.0.2.1' };
  const newTrunk = async (name: string, more: Partial<TrunkFields> = {}) =>
    valueOf(await reading().ask('create-trunk', { ...trunkFields, name, ...more }));
  const problemOf = (answer: { ok: boolean; problem?: unknown }) => (answer.ok ? undefined : answer.problem);

  test('log-in and extension belong to one person; log-ins that differ in case or accents are the same', async () => {
    const user = { name: 'Aneta', login: 'Anéta', role: 'operator', extension: '2345', passwordHash: 'h' } as const;
    const made = valueOf(await reading().ask('create-user', user));
    expect(made).toMatchObject({ extension: '2345', disabled: false, mustChangePassword: false });
    expect(JSON.stringify(made)).not.toContain('passwordHash');
    const twin = { ...user, extension: '2346', login: 'ANETA' };
    expect(problemOf(await reading().ask('create-user', twin))).toEqual({ kind: 'taken', field: 'login' });
    const other = { ...user, login: 'other' };
    expect(problemOf(await reading().ask('create-user', other))).toEqual({ kind: 'taken', field: 'extension' });
    expect(await reading().ask('find-account', { login: 'aneta' })).toMatchObject({ id: made.id, passwordHash: 'h' });
  });

  test.each(['1', '012', '1234567', '12a'])('an extension %s is refused', async (extension) => {
    const user = { name: 'E', login: `e${extension}`, role: 'operator', extension, passwordHash: 'h' } as const;
    expect(problemOf(await reading().ask('create-user', user))).toMatchObject({ kind: 'invalid', field: 'extension' });
  });

  test.each(['112', '158', '40'])(
    'an extension that is an emergency number or a code (%s) is taken',
    async (extension) => {
      const user = { name: 'E', login: `e${extension}`, role: 'operator', extension, passwordHash: 'h' } as const;
      expect(problemOf(await reading().ask('create-user', user))).toMatchObject({ kind: 'taken', field: 'extension' });
    },
  );

  test('a person named in a route stays; with its removal devices and log-ins go', async () => {
    const user = await newUser(store.db(), 'Named');
    const number = valueOf(
      await reading().ask('create-number', {
        number: newNumber(),
        kind: 'rented',
        route: { to: 'ringGroup', userIds: [userIdOf(user.id)] },
      }),
    );
    const inUse = { kind: 'in-use', by: `number ${number.number}` };
    expect(problemOf(await reading().ask('remove-user', { viewer: system, id: user.id }))).toEqual(inUse);
    valueOf(await reading().ask('remove-number', { viewer: system, id: number.id }));
    const device = { userId: user.id, name: 'Desk', username: `d${user.id}`, ha1Md5: 'a', ha1Sha256: 'b' };
    valueOf(await reading().ask('create-device', device));
    await reading().ask('open-login', { tokenHash: 'gone', userId: user.id, kind: 'cookie' });
    valueOf(await reading().ask('remove-user', { viewer: system, id: user.id }));
    expect(await reading().ask('find-login', { tokenHash: 'gone', at: 0 })).toBeUndefined();
    expect(problemOf(await reading().ask('remove-user', { viewer: system, id: user.id }))).toEqual({
      kind: 'not-found',
    });
  });

  test('a trunk is kept with defaults; its password goes in and comes out only with the directory', async () => {
    const secret = 'pässword €';
    const fields = { kind: 'registration', username: 'u', password: secret } as const;
    const trunk = await newTrunk('Registered', fields);
    expect(trunk).toMatchObject({
      hasPassword: true,
      transport: 'udp',
      numberFrom: 'request-uri',
      numberFormat: 'e164',
      codecs: ['PCMA', 'PCMU'],
      allowedAddresses: [],
      tieLine: false,
    });
    const loaded = await reading().ask('load-directory', undefined);
    expect(loaded.trunks.find((row) => row.id === trunk.id)?.password).toBe(secret);
    expect(JSON.stringify(directoryOf(loaded, 'CZ').trunks.get(trunkIdOf(trunk.id)))).not.toContain('pässword');
    const renamed = await reading().ask('change-trunk', { viewer: system, id: trunk.id, patch: { name: 'Renamed' } });
    expect(valueOf(renamed)).toMatchObject({ name: 'Renamed', hasPassword: true, username: 'u' });
    const without = { viewer: system, id: trunk.id, patch: { password: null } };
    expect(problemOf(await reading().ask('change-trunk', without))).toMatchObject({
      kind: 'invalid',
      field: 'username',
    });
  });

  test.each([
    ['host', { host: '' }],
    ['username', { kind: 'registration' as const }],
    ['port', { port: 70_000 }],
    ['allowedAddresses', { allowedAddresses: ['10.0.0.0/33'] }],
    ['allowedAddresses', { allowedAddresses: ['example.org'] }],
    ['codecs', { codecs: [] }],
  ])('a trunk with a wrong %s is refused', async (field, wrong) => {
    const answer = await reading().ask('create-trunk', { ...trunkFields, name: `wrong ${field}`, ...wrong });
    expect(problemOf(answer)).toMatchObject({ kind: 'invalid', field });
  });

  test("numbers are kept in E.164 of the trunk's country, once; a range and * once for each trunk", async () => {
    const user = await newUser(store.db(), 'Answers');
    const trunk = await newTrunk('German', { country: 'DE' });
    const route = { to: 'user', userId: userIdOf(user.id) } as const;
    const add = (number: string, more: object = {}) =>
      reading().ask('create-number', { number, kind: 'rented', route, trunkId: trunk.id, ...more });
    expect(valueOf(await add('030 901820'))).toMatchObject({ number: '+4930901820', makes: 'lead' });
    expect(problemOf(await add('+49 30 901820'))).toEqual({ kind: 'taken', field: 'number' });
    expect(valueOf(await add('0049 40 55*'))).toMatchObject({ number: '+494055*' });
    valueOf(await add('*', { line: '07' }));
    expect(problemOf(await add('*'))).toEqual({ kind: 'taken', field: 'number' });
    expect(problemOf(await add('030 901821', { line: '07' }))).toEqual({ kind: 'taken', field: 'line' });
    expect(problemOf(await add('030 901821', { line: '7' }))).toMatchObject({ kind: 'invalid', field: 'line' });
    expect(problemOf(await add('*', { trunkId: undefined }))).toMatchObject({ kind: 'invalid', field: 'number' });
    expect(problemOf(await add('hello'))).toMatchObject({ kind: 'invalid', field: 'number' });
    expect(problemOf(await add('1', { trunkId: 'none' }))).toEqual({ kind: 'unknown-reference', field: 'trunkId' });
    expect(valueOf(await add('1234', { kind: 'office', trunkId: undefined }))).toMatchObject({ number: '1234' });
    const nobody = { route: { to: 'user', userId: 'none' } };
    expect(problemOf(await add('030 901822', nobody))).toEqual({ kind: 'unknown-reference', field: 'route' });
    const inUse = { kind: 'in-use' };
    expect(problemOf(await reading().ask('remove-trunk', { viewer: system, id: trunk.id }))).toMatchObject(inUse);
  });

  test('only a pbx trunk or a declared tie line passes the dialled number on, and never back', async () => {
    const out = await newTrunk('Out');
    const pbx = await newTrunk('Office', { kind: 'pbx' });
    const tie = await newTrunk('Tie', { tieLine: true });
    const passOn = async (from: string, to: string) => {
      const route = { to: 'external', trunkId: trunkIdOf(to) } as const;
      return problemOf(
        await reading().ask('create-number', { number: newNumber(), kind: 'office', trunkId: from, route }),
      );
    };
    expect(await passOn(pbx.id, out.id)).toBeUndefined();
    expect(await passOn(tie.id, out.id)).toBeUndefined();
    expect(await passOn(out.id, tie.id)).toMatchObject({ kind: 'invalid', field: 'route' });
    expect(await passOn(pbx.id, pbx.id)).toMatchObject({ kind: 'invalid', field: 'route' });
    expect(await passOn(pbx.id, 'none')).toEqual({ kind: 'unknown-reference', field: 'route' });
  });

  test('our own phones reach the extensions of an office PBX by an office number of no trunk; a rented one does not lead there', async () => {
    const pbx = await newTrunk('Behind');
    const route = { to: 'external', trunkId: trunkIdOf(pbx.id) } as const;
    const add = (kind: 'office' | 'rented') => reading().ask('create-number', { number: '7*', kind, route });
    expect(valueOf(await add('office'))).toMatchObject({ number: '7*', kind: 'office' });
    expect(problemOf(await add('rented'))).toMatchObject({ kind: 'invalid', field: 'route' });
  });

  test('a mobile is somebody’s; it is theirs once verified, until number or owner change', async () => {
    const [user, other] = [await newUser(store.db(), 'Mobile'), await newUser(store.db(), 'Another')];
    const route = { to: 'user', userId: userIdOf(user.id) } as const;
    const mobile = { number: newNumber(), kind: 'mobile', route } as const;
    expect(problemOf(await reading().ask('create-number', mobile))).toMatchObject({ field: 'ownerUserId' });
    const owned = { ...mobile, ownerUserId: user.id };
    const { id } = valueOf(await reading().ask('create-number', owned));
    expect(valueOf(await reading().ask('set-number-verified', { id, isVerified: true }))).toMatchObject({
      isVerified: true,
    });
    const change = async (patch: object) =>
      valueOf(await reading().ask('change-number', { viewer: system, id, patch }));
    expect(await change({ name: 'Mine' })).toMatchObject({ isVerified: true, isCallThrough: false });
    expect(await change({ ownerUserId: other.id })).toMatchObject({ isVerified: false });
    const inUse = { kind: 'in-use', by: `number ${mobile.number}` };
    expect(problemOf(await reading().ask('remove-user', { viewer: system, id: other.id }))).toEqual(inUse);
  });

  test('a PIN goes in, is sealed, and comes out only with the directory', async () => {
    const fields = { name: 'Pin', login: 'pin', role: 'operator', passwordHash: 'h', pin: '48151623' } as const;
    const user = valueOf(await reading().ask('create-user', fields));
    expect(user.hasPin).toBe(true);
    expect(JSON.stringify(user)).not.toContain('48151623');
    const pinOf = async () =>
      directoryOf(await reading().ask('load-directory', undefined), 'CZ').users.get(userIdOf(user.id))?.pin;
    expect(await pinOf()).toBe('48151623');
    const change = (pin: string | null) =>
      reading().ask('change-user', { viewer: system, id: user.id, patch: { pin } });
    expect(problemOf(await change('12'))).toMatchObject({ kind: 'invalid', field: 'pin' });
    expect(valueOf(await change('1234')).hasPin).toBe(true);
    expect(await pinOf()).toBe('1234');
    expect(valueOf(await change(null)).hasPin).toBe(false);
    expect(await pinOf()).toBeUndefined();
  });

  test('devices: one user name, references checked, an operator sees their own', async () => {
    const [user, other] = [await newUser(store.db(), 'Devices'), await newUser(store.db(), 'Elsewhere')];
    const device = { userId: user.id, name: 'Desk', username: `u-${user.id}`, ha1Md5: 'a', ha1Sha256: 'b' };
    const made = valueOf(await reading().ask('create-device', device));
    expect(made).toMatchObject({ algorithm: 'MD5', username: device.username });
    expect(JSON.stringify(made)).not.toContain('ha1');
    expect(problemOf(await reading().ask('create-device', device))).toEqual({ kind: 'taken', field: 'username' });
    const numberless = { ...device, username: 'x', numberId: 'none' };
    expect(problemOf(await reading().ask('create-device', numberless))).toMatchObject({ field: 'numberId' });
    const list = (viewer: typeof system | ReturnType<typeof operator>) =>
      reading().ask('list-devices', { viewer, userId: user.id });
    expect(valueOf(await list(operator(user)))).toEqual([made]);
    expect(problemOf(await list(operator(other)))).toEqual({ kind: 'not-found' });
    const change = (viewer: typeof system | ReturnType<typeof operator>, patch: object) =>
      reading().ask('change-device', { viewer, id: made.id, patch });
    expect(problemOf(await change(system, { numberId: 'none' }))).toMatchObject({ field: 'numberId' });
    expect(problemOf(await change(system, { name: ' ' }))).toMatchObject({ kind: 'invalid', field: 'name' });
    expect(problemOf(await change(operator(other), { name: 'Mine' }))).toEqual({ kind: 'not-found' });
    expect(valueOf(await change(system, { name: 'Wall' }))).toEqual({ ...made, name: 'Wall' });
    expect(valueOf(await change(system, { numberId: null }))).toEqual({ ...made, name: 'Wall' });
    const remove = (viewer: ReturnType<typeof operator>) => reading().ask('remove-device', { viewer, id: made.id });
    expect(problemOf(await remove(operator(other)))).toEqual({ kind: 'not-found' });
    valueOf(await remove(operator(user)));
  });

  test('the directory gives everybody a browser, and leaves out disabled people with all their devices', async () => {
    const user = await newUser(store.db(), 'Disabled', '7777');
    const device = { userId: user.id, name: 'D', username: `off-${user.id}`, ha1Md5: 'a', ha1Sha256: 'b' };
    const made = valueOf(await reading().ask('create-device', device));
    const loaded = async () => {
      const rows = await reading().ask('load-directory', undefined);
      const directory = directoryOf(rows, 'CZ');
      const hasAccount = rows.devices.some((row) => row.id === made.id && row.ha1Md5 === 'a');
      const kinds = [...directory.devices.values()].filter(({ userId }) => userId === user.id).map(({ kind }) => kind);
      return [directory.users.has(userIdOf(user.id)), directory.devices.has(deviceIdOf(made.id)), hasAccount, kinds];
    };
    expect(await loaded()).toEqual([true, true, true, ['phone', 'browser']]);
    valueOf(await reading().ask('change-user', { viewer: system, id: user.id, patch: { disabled: true } }));
    expect(await loaded()).toEqual([false, false, false, []]);
  });

  test('a log-in is found until it runs out, is closed, or its person is disabled', async () => {
    const user = await newUser(store.db(), 'Logs in');
    const open = (tokenHash: string, expiresAt?: number) => {
      const when = expiresAt === undefined ? {} : { expiresAt };
      return reading().ask('open-login', { tokenHash, userId: user.id, kind: 'cookie', ...when });
    };
    const find = (tokenHash: string, at = Date.now()) => reading().ask('find-login', { tokenHash, at });
    const soon = Date.now() + 60_000;
    await open('a', soon);
    await open('b');
    expect(await find('a')).toMatchObject({ userId: user.id, role: 'operator', kind: 'cookie' });
    expect(await find('a', soon)).toBeUndefined();
    await reading().ask('close-logins-of-user', { userId: user.id, except: 'b' });
    expect([await find('a'), (await find('b'))?.userId]).toEqual([undefined, user.id]);
    await reading().ask('change-user', { viewer: system, id: user.id, patch: { disabled: true } });
    expect(await find('b')).toBeUndefined();
  });

  test('tokens are listed by a piece of their hash and removed by it; cookies are not', async () => {
    const user = await newUser(store.db(), 'Token');
    const hash = (letter: string) => letter.repeat(64);
    await reading().ask('open-login', { tokenHash: hash('a'), userId: user.id, kind: 'token', label: 'Robot' });
    await reading().ask('open-login', { tokenHash: hash('b'), userId: user.id, kind: 'cookie' });
    const tokens = await reading().ask('list-tokens', undefined);
    expect(tokens).toMatchObject([{ id: 'a'.repeat(16), userId: user.id, label: 'Robot' }]);
    for (const id of ['', 'a', 'b'.repeat(16)])
      expect(problemOf(await reading().ask('remove-token', { id }))).toEqual({ kind: 'not-found' });
    valueOf(await reading().ask('remove-token', { id: 'a'.repeat(16) }));
    expect(await reading().ask('find-login', { tokenHash: hash('a'), at: 0 })).toBeUndefined();
  });

  test('small settings and the callers that never make records are kept', async () => {
    expect(await reading().ask('get-setting', { key: 'realm' })).toBeUndefined();
    await reading().ask('set-setting', { key: 'realm', value: 'one' });
    await reading().ask('set-setting', { key: 'realm', value: 'two' });
    expect(await reading().ask('get-setting', { key: 'realm' })).toBe('two');
    const numbers = ['601 555 555', '+420601555555', '00420 601 555 556'];
    const kept = valueOf(await reading().ask('replace-never-record', { numbers }));
    expect(kept).toEqual(['+420601555555', '+420601555556']);
    expect(await reading().ask('list-never-record', undefined)).toEqual(kept);
    const wrong = await reading().ask('replace-never-record', { numbers: ['601555557', 'nobody'] });
    expect(problemOf(wrong)).toMatchObject({ kind: 'invalid', field: 'numbers[1]' });
    const { neverMakeRecords } = directoryOf(await reading().ask('load-directory', undefined), 'CZ');
    expect([...neverMakeRecords]).toEqual(kept);
  });
});
