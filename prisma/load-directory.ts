/** The router's directory from the loaded rows: plain conversion, no secret goes along. */
import type { Device, Directory, OwnNumber, Trunk, User } from '../call-router/state/directory';
import { newOffice } from '../call-router/state/new-office';
import { deviceIdOf, numberIdOf, trunkIdOf, userIdOf } from '../call-router/values/ids';
import { e164From } from '../call-router/values/number';
import type { LoadedDirectory } from './operations';
import type { NumberRow } from './records';

/** @param country ISO 3166: of trunks that say none. */
export function directoryOf(loaded: LoadedDirectory, country: string): Directory {
  const users = loaded.users.filter((user) => !user.disabled).map(userOf);
  const devices = loaded.devices.map(deviceOf);
  const trunks = loaded.trunks.map((trunk) => trunkOf(trunk, country));
  return {
    ...newOffice,
    country,
    users: new Map(users.map((user) => [user.id, user])),
    devices: new Map(devices.map((device) => [device.id, device])),
    trunks: new Map(trunks.map((trunk) => [trunk.id, trunk])),
    numbers: loaded.numbers.map(numberOf),
    neverMakeRecords: new Set(loaded.neverRecord.map(e164From)),
  };
}

function userOf(row: LoadedDirectory['users'][number]): User {
  return {
    id: userIdOf(row.id),
    name: row.name,
    rights: [],
    ...(row.extension === undefined ? {} : { extension: row.extension }),
    ...(row.callerNumberId === undefined ? {} : { callerNumberId: numberIdOf(row.callerNumberId) }),
  };
}

function deviceOf(row: LoadedDirectory['devices'][number]): Device {
  return {
    id: deviceIdOf(row.id),
    userId: userIdOf(row.userId),
    ...(row.numberId === undefined ? {} : { numberId: numberIdOf(row.numberId) }),
  };
}

function trunkOf(row: LoadedDirectory['trunks'][number], country: string): Trunk {
  return {
    id: trunkIdOf(row.id),
    name: row.name,
    kind: row.kind,
    country: row.country ?? country,
    codecs: row.codecs,
    ...(row.channelsMax === undefined ? {} : { channelsMax: row.channelsMax }),
    tieLine: row.tieLine,
    ...(row.host === undefined ? {} : { host: row.host }),
    numberFormat: row.numberFormat,
    isForEmergency: false,
  };
}

function numberOf(row: NumberRow): OwnNumber {
  return {
    id: numberIdOf(row.id),
    match: matchOf(row.number),
    kind: row.kind,
    ...(row.trunkId === undefined ? {} : { trunkId: trunkIdOf(row.trunkId) }),
    ...(row.name === undefined ? {} : { name: row.name }),
    ...(row.line === undefined ? {} : { line: row.line }),
    route: row.route,
    makes: row.makes,
    ...(row.source === undefined ? {} : { source: row.source }),
  };
}

function matchOf(number: string): OwnNumber['match'] {
  if (number === '*') return { kind: 'any' };
  return number.endsWith('*') ? { kind: 'prefix', digits: number.slice(0, -1) } : { kind: 'exact', number };
}
