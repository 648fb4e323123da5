/** A small office for transcripts and random calls: two people, three phones, a provider, an office PBX and their numbers. */
import type { Binding, Limits } from '../../call-router/state/view';
import { newOffice } from '../../call-router/state/new-office';
import type { Device, Directory, OwnNumber, Trunk, User } from '../../call-router/state/directory';
import {
  bindingIdOf,
  browserDeviceOf,
  deviceIdOf,
  epochMs,
  numberIdOf,
  trunkIdOf,
  userIdOf,
} from '../../call-router/values/ids';
import { e164From } from '../../call-router/values/number';
import { queueNumbers, queues } from './queues';

export const limits: Limits = {
  callsMax: 100,
  legsPerCallMax: 8,
  conferenceMembersMax: 5,
  ringTimeoutMs: 30_000,
  outsideRingTimeoutMs: 180_000,
  lookUpWaitMs: 300,
  audioLostMs: 30_000,
  flowLostAudioMs: 1_500,
  resumeWaitMs: 20_000,
  callMaxMs: 4 * 3_600_000,
  retryAfterS: 10,
  lingerMs: 5000,
};

const user = (extension: string, name: string): User => ({
  id: userIdOf(`u${extension}`),
  name,
  extension,
  rights: [],
});
/** Behind the office PBX, with a number of his own to show. */
const cyril: User = { ...user('103', 'Cyril'), callerNumberId: numberIdOf('sales') };
const device = (id: string, extension: string): Device => ({
  id: deviceIdOf(id),
  userId: userIdOf(`u${extension}`),
  kind: 'phone',
});

const browser = (extension: string): Device => {
  const userId = userIdOf(`u${extension}`);
  return { id: browserDeviceOf(userId), userId, kind: 'browser' };
};

function trunk(id: string, kind: Trunk['kind'], more: Partial<Trunk> = {}): Trunk {
  const base = {
    name: id,
    country: 'CZ',
    codecs: ['PCMA', 'PCMU'],
    tieLine: false,
    numberFormat: 'e164',
    isForEmergency: false,
  } as const;
  return { id: trunkIdOf(id), kind, host: '192.0.2.10', ...base, ...more };
}

function number(id: string, digits: string, more: Pick<OwnNumber, 'route'> & Partial<OwnNumber>): OwnNumber {
  const match =
    digits === '*'
      ? ({ kind: 'any' } as const)
      : digits.endsWith('*')
        ? ({ kind: 'prefix', digits: digits.slice(0, -1) } as const)
        : ({ kind: 'exact', number: digits } as const);
  return { id: numberIdOf(id), match, kind: 'rented', makes: 'lead', ...more };
}

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<T['id'], T> =>
  new Map(items.map((item) => [item.id, item]));

export const office: Directory = {
  ...newOffice,
  country: 'CZ',
  users: byId([user('101', 'Anna'), user('102', 'Boris'), cyril]),
  devices: byId([
    device('anna-desk', '101'),
    device('anna-home', '101'),
    device('boris-desk', '102'),
    browser('101'),
    browser('102'),
    browser('103'),
  ]),
  trunks: byId([
    trunk('provider', 'address'),
    trunk('second', 'address', { channelsMax: 1 }),
    trunk('tie', 'address', { tieLine: true }),
    trunk('oldpbx', 'pbx', { host: '192.0.2.20' }),
  ]),
  numbers: [
    number('main', '+420210000001', {
      trunkId: trunkIdOf('provider'),
      route: { to: 'user', userId: userIdOf('u101') },
      source: 'web',
    }),
    number('sales', '+420210000002', {
      trunkId: trunkIdOf('provider'),
      route: { to: 'ringGroup', userIds: [userIdOf('u101'), userIdOf('u102')] },
    }),
    number('empty', '+420210000003', {
      trunkId: trunkIdOf('provider'),
      route: { to: 'user', userId: userIdOf('u103') },
      makes: 'nothing',
    }),
    number('away', '+420210000004', {
      trunkId: trunkIdOf('provider'),
      route: { to: 'external', trunkId: trunkIdOf('second'), number: '+420777000999' },
    }),
    number('through', '9*', { trunkId: trunkIdOf('tie'), route: { to: 'external', trunkId: trunkIdOf('provider') } }),
    number('leak', '+42021111*', {
      trunkId: trunkIdOf('provider'),
      route: { to: 'external', trunkId: trunkIdOf('second') },
    }),
    number('pbx-people', '2*', { kind: 'office', route: { to: 'external', trunkId: trunkIdOf('oldpbx') } }),
    number('too-wide', '1*', { kind: 'office', route: { to: 'external', trunkId: trunkIdOf('oldpbx') } }),
    number('cyril-desk', '103', { kind: 'office', route: { to: 'external', trunkId: trunkIdOf('oldpbx') } }),
    ...queueNumbers,
  ],
  queues: byId(queues),
  neverMakeRecords: new Set([e164From('+420600000000')]),
};

export const bindings: readonly Binding[] = ['anna-desk', 'anna-home', 'boris-desk'].map((id) => ({
  id: bindingIdOf(id),
  of: { kind: 'device', device: deviceIdOf(id) },
  host: '192.0.2.30',
  media: 'rtp',
  expiresAt: epochMs(9e12),
}));
