/** Schemas of the office: people, their devices, trunks, numbers, tokens and settings. */
import { type Static, Type } from '@sinclair/typebox';
import { features } from '../../../call-router/state/feature-switch';
import type { Route } from '../../../call-router/state/office';
import { closed, id, line, list, moment, oneOf, removable } from './schema';

export const role = oneOf(['administrator', 'manager', 'operator']);
export const userRights = oneOf(['no-recording', 'intercept-any', 'supervise', 'call-abroad']);
export const rights = list(userRights, 4);
export const extension = Type.String({ pattern: '^[1-9][0-9]{1,5}$', description: '2 to 6 digits, the first 1 to 9' });
export const mailAddress = Type.String({
  maxLength: 254,
  pattern: '^[^\\s@<>,;"]+@[^\\s@<>,;"]+$',
  description: 'an e-mail address',
});
export const pin = Type.String({ pattern: '^[0-9]{4,8}$', description: '4 to 8 digits' });
export const login = Type.String({
  pattern: '^[\\p{L}\\p{N}._@+-]{1,100}$',
  description: 'letters, digits and . _ @ + -, at most 100',
});
/** Whether it is long enough is checked by the route, which knows the limit. */
export const password = Type.String({ minLength: 1, maxLength: 256 });

const algorithm = oneOf(['MD5', 'SHA-256']);
export const device = Type.Object({
  id,
  userId: id,
  name: Type.String(),
  username: Type.String(),
  algorithm,
  numberId: Type.Optional(id),
  createdAt: moment,
});
export const newDevice = Type.Composite([
  device,
  Type.Object({
    password: Type.String({ description: 'shown this once' }),
    realm: Type.String(),
    port: Type.Integer({ description: 'where phones register: the first address of TRUNKLINE_SIP' }),
  }),
]);
export const deviceToCreate = Type.Object(
  { name: line(100), numberId: Type.Optional(id), algorithm: Type.Optional(algorithm) },
  closed,
);
export const devicePatch = Type.Object({ name: Type.Optional(line(100)), numberId: removable(id) }, closed);

const codec = oneOf(['PCMU', 'PCMA', 'G722', 'opus']);
const port = Type.Integer({ minimum: 1, maximum: 65535 });
const trunkKind = oneOf(['address', 'registration', 'pbx']);
const transport = oneOf(['udp', 'tcp']);
const numberFrom = oneOf(['request-uri', 'to', 'p-called-party-id']);
const numberFormat = oneOf(['e164', 'international-00', 'national']);
const host = Type.String({
  maxLength: 253,
  pattern: '^[A-Za-z0-9_.:-]+$',
  description: 'a host name or an IP address',
});
const username = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[\\x21-\\x7e]+$',
  description: 'visible ASCII',
});
const country = Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166, two capital letters' });
const channelsMax = Type.Integer({ minimum: 1, maximum: 100_000 });
const callsPerSecondMax = Type.Integer({ minimum: 1, maximum: 10_000 });
const addresses = list(Type.String({ maxLength: 64, description: 'an address or a range like 192.0.2.0/24' }), 100);

const trunkRow = {
  id,
  name: Type.String(),
  kind: trunkKind,
  host: Type.Optional(Type.String()),
  port: Type.Optional(Type.Integer()),
  transport,
  username: Type.Optional(Type.String()),
  hasPassword: Type.Boolean(),
  allowedAddresses: list(Type.String()),
  numberFrom,
  numberFormat,
  country: Type.Optional(Type.String()),
  codecs: list(codec),
  channelsMax: Type.Optional(Type.Integer()),
  tieLine: Type.Boolean(),
  callsPerSecondMax: Type.Optional(Type.Integer()),
  isForEmergency: Type.Boolean(),
  weRegister: Type.Boolean({
    description: 'pbx: we register at it; else it registers at us, or is known by its address',
  }),
  createdAt: moment,
};
export const trunk = Type.Object({ ...trunkRow, state: oneOf(['unknown', 'up', 'down', 'refused']) });
const trunkOptions = {
  transport: Type.Optional(transport),
  allowedAddresses: Type.Optional(addresses),
  numberFrom: Type.Optional(numberFrom),
  numberFormat: Type.Optional(numberFormat),
  codecs: Type.Optional(list(codec, 10)),
  tieLine: Type.Optional(Type.Boolean()),
  isForEmergency: Type.Optional(Type.Boolean()),
  weRegister: Type.Optional(Type.Boolean()),
};
export const trunkToCreate = Type.Object(
  {
    ...trunkOptions,
    name: line(100),
    kind: trunkKind,
    host: Type.Optional(host),
    port: Type.Optional(port),
    username: Type.Optional(username),
    password: Type.Optional(password),
    country: Type.Optional(country),
    channelsMax: Type.Optional(channelsMax),
    callsPerSecondMax: Type.Optional(callsPerSecondMax),
  },
  closed,
);
export const trunkPatch = Type.Object(
  {
    ...trunkOptions,
    name: Type.Optional(line(100)),
    kind: Type.Optional(trunkKind),
    host: removable(host),
    port: removable(port),
    username: removable(username),
    password: removable(password),
    country: removable(country),
    channelsMax: removable(channelsMax),
    callsPerSecondMax: removable(callsPerSecondMax),
  },
  closed,
);
export type TrunkToCreate = Static<typeof trunkToCreate>;

/** Which members belong to which destination is checked by routes/number-rules.ts, which can say it plainly. */
export const route = Type.Unsafe<Route>(
  Type.Object(
    {
      to: oneOf(['user', 'ringGroup', 'queue', 'menu', 'voicemail', 'external']),
      userId: Type.Optional(id),
      userIds: Type.Optional(Type.Array(id, { minItems: 1, maxItems: 50, uniqueItems: true })),
      queueId: Type.Optional(id),
      planId: Type.Optional(id),
      mailboxId: Type.Optional(id),
      trunkId: Type.Optional(id),
      number: Type.Optional(line(32, 'a number to call')),
    },
    {
      description:
        '{to: "user", userId}, {to: "ringGroup", userIds}, {to: "queue", queueId}, {to: "menu", planId}, {to: "voicemail", mailboxId} or {to: "external", trunkId, number?}',
    },
  ),
);
export const language = oneOf(['en', 'cs', 'ro', 'pt', 'ko', 'th']);
const numberKind = oneOf(['rented', 'mobile', 'office']);
const makes = oneOf(['lead', 'contact', 'nothing']);
const numberLine = Type.String({ pattern: '^(0[1-9]|[1-9][0-9])$', description: '"01" to "99"' });
const number = line(64, 'a phone number, digits ending in * for a range, or * for all of a trunk');

export const ownNumber = Type.Object({
  id,
  number: Type.String(),
  kind: numberKind,
  trunkId: Type.Optional(id),
  name: Type.Optional(Type.String()),
  line: Type.Optional(Type.String()),
  route: Type.Unsafe<Route>({ type: 'object', additionalProperties: true, description: 'where its calls go' }),
  makes,
  source: Type.Optional(Type.String()),
  fallback: Type.Optional(
    Type.Unsafe<Route>({ type: 'object', additionalProperties: true, description: 'where they go when that fails' }),
  ),
  language: Type.Optional(language),
  dutyUserId: Type.Optional(id),
  ownerUserId: Type.Optional(id),
  forMobileId: Type.Optional(id),
  isCallThrough: Type.Boolean({ description: 'a verified mobile that calls it may dial on, after a PIN' }),
  isVerified: Type.Boolean({ description: 'its owner proved that this mobile number is theirs' }),
  createdAt: moment,
});
export const numberToCreate = Type.Object(
  {
    number,
    kind: numberKind,
    trunkId: Type.Optional(id),
    name: Type.Optional(line(100)),
    line: Type.Optional(numberLine),
    route,
    makes: Type.Optional(makes),
    source: Type.Optional(line(200)),
    fallback: Type.Optional(route),
    language: Type.Optional(language),
    dutyUserId: Type.Optional(id),
    ownerUserId: Type.Optional(id),
    forMobileId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'reserved for what the operator of this mobile forwards',
      }),
    ),
    isCallThrough: Type.Optional(Type.Boolean()),
  },
  closed,
);
export const numberPatch = Type.Object(
  {
    number: Type.Optional(number),
    kind: Type.Optional(numberKind),
    trunkId: removable(id),
    name: removable(line(100)),
    line: removable(numberLine),
    route: Type.Optional(route),
    makes: Type.Optional(makes),
    source: removable(line(200)),
    fallback: Type.Optional(Type.Unsafe<Route | null>({ ...route, type: ['object', 'null'] })),
    language: removable(language),
    dutyUserId: removable(id),
    ownerUserId: removable(id),
    forMobileId: removable(id),
    isCallThrough: Type.Optional(Type.Boolean()),
  },
  closed,
);

/** Of the page and its mails. What is left out is as the browser says. */
export const preferences = Type.Object(
  {
    language: Type.Optional(language),
    zone: Type.Optional(Type.String({ maxLength: 64, description: 'IANA name of the zone, like Europe/Prague' })),
  },
  closed,
);
export const me = Type.Object({
  id: Type.Optional(id),
  name: Type.String(),
  role,
  mustChangePassword: Type.Boolean(),
  ...preferences.properties,
  features: list(oneOf(features), features.length),
});
export const token = Type.Object({
  id,
  userId: id,
  label: Type.String(),
  createdAt: moment,
  expiresAt: Type.Optional(moment),
});
export const ranges = list(Type.String({ maxLength: 64, description: 'an address or a range like 10.0.0.0/8' }), 100);
export const loginRanges = Type.Object({ administrator: ranges, manager: ranges, operator: ranges }, closed);
