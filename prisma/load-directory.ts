/** The router's directory from the loaded rows: plain conversion, no secret goes along. */
import type { Device, Directory, OwnNumber, Trunk, User } from '../call-router/state/directory';
import type { Office } from '../call-router/state/office';
import { browserDeviceOf, deviceIdOf, numberIdOf, trunkIdOf, userIdOf } from '../call-router/values/ids';
import { e164From } from '../call-router/values/number';
import type { LoadedDirectory } from './operations';
import type { NumberRow, OfficeKind, OfficeShapes } from './records';

/** @param country ISO 3166: of trunks that say none. */
export function directoryOf(loaded: LoadedDirectory, country: string): Directory {
  const users = loaded.users.filter((user) => !user.disabled).map(userOf);
  const devices = [...loaded.devices.map(deviceOf), ...users.map(browserOf)];
  const trunks = loaded.trunks.map((trunk) => trunkOf(trunk, country));
  const { mobiles } = loaded.documents.features;
  return {
    ...officeOf(loaded),
    country,
    users: byId(users),
    devices: byId(devices),
    trunks: byId(trunks),
    // Where mobiles are switched off none is anybody's phone.
    numbers: loaded.numbers.map((row) => numberOf({ ...row, isVerified: row.isVerified && mobiles })),
    neverMakeRecords: new Set(loaded.neverRecord.map(e164From)),
  };
}

const byId = <Id, Thing extends { readonly id: Id }>(things: readonly Thing[]): ReadonlyMap<Thing['id'], Thing> =>
  new Map(things.map((thing) => [thing.id, thing]));

function officeOf({ objects, documents }: LoadedDirectory): Office {
  const of = <Kind extends OfficeKind>(kind: Kind): readonly OfficeShapes[Kind][] =>
    objects.flatMap((object) => (object.kind === kind ? [object.row as unknown as OfficeShapes[Kind]] : []));
  return {
    groups: byId(of('group')),
    calendars: byId(of('calendar')),
    plans: byId(of('plan')),
    queues: byId(of('queue')),
    mailboxes: byId(of('mailbox')),
    rooms: byId(of('room')),
    sounds: byId(of('sound')),
    outgoingRules: of('outgoing-rule'),
    recordingRules: of('recording-rule'),
    leadRules: of('lead-rule'),
    codes: documents['feature-codes'],
    features: documents.features,
    fraudGuard: documents['fraud-guard'],
    parking: documents.parking,
    language: documents.language,
    zone: documents.zone,
  };
}

function userOf(row: LoadedDirectory['users'][number]): User {
  return {
    id: userIdOf(row.id),
    name: row.name,
    rights: row.rights,
    ...(row.pin === undefined ? {} : { pin: row.pin }),
    ...(row.extension === undefined ? {} : { extension: row.extension }),
    ...(row.callerNumberId === undefined ? {} : { callerNumberId: numberIdOf(row.callerNumberId) }),
  };
}

function deviceOf(row: LoadedDirectory['devices'][number]): Device {
  return {
    id: deviceIdOf(row.id),
    userId: userIdOf(row.userId),
    kind: 'phone',
    ...(row.numberId === undefined ? {} : { numberId: numberIdOf(row.numberId) }),
  };
}

/** Behind the phones, so that a person dials as on the desk phone where nothing else says. */
const browserOf = ({ id }: User): Device => ({ id: browserDeviceOf(id), userId: id, kind: 'browser' });

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
    ...(row.callsPerSecondMax === undefined ? {} : { callsPerSecondMax: row.callsPerSecondMax }),
    isForEmergency: row.isForEmergency,
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
    ...(row.fallback === undefined ? {} : { fallback: row.fallback }),
    ...(row.language === undefined ? {} : { language: row.language }),
    ...(row.dutyUserId === undefined ? {} : { dutyUserId: userIdOf(row.dutyUserId) }),
    ...(row.ownerUserId === undefined ? {} : { ownerUserId: userIdOf(row.ownerUserId) }),
    isVerified: row.isVerified,
    isCallThrough: row.isCallThrough,
    ...(row.forMobileId === undefined ? {} : { forMobile: numberIdOf(row.forMobileId) }),
  };
}

function matchOf(number: string): OwnNumber['match'] {
  if (number === '*') return { kind: 'any' };
  return number.endsWith('*') ? { kind: 'prefix', digits: number.slice(0, -1) } : { kind: 'exact', number };
}
