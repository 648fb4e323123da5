/** Schemas of the settings of the whole office. */
import { type TSchema, Type } from '@sinclair/typebox';
import { defaultCodes, type FeatureCodes } from '../../../call-router/state/feature-code';
import { features, type FeatureSwitches } from '../../../call-router/state/feature-switch';
import type { FraudGuard, Language, Parking } from '../../../call-router/state/office';
import { language } from './office-schemas';
import { closed, id, list } from './schema';

const dialled = list(Type.String({ pattern: '^[0-9*]{2,8}$', description: 'what is dialled: 2 to 8 of 0-9 and *' }), 5);
const pressed = Type.String({ pattern: '^[0-9]$', description: 'one digit, pressed as *d#' });

const each = (names: object, schema: TSchema) =>
  Type.Object(Object.fromEntries(Object.keys(names).map((name) => [name, schema])), closed);

export const featureCodes = Type.Unsafe<FeatureCodes>(
  Type.Object({ dialled: each(defaultCodes.dialled, dialled), inCall: each(defaultCodes.inCall, pressed) }, closed),
);

export const featureSwitches = Type.Unsafe<FeatureSwitches>(
  Type.Object(
    Object.fromEntries(features.map((name) => [name, Type.Boolean({ description: 'false: switched off' })])),
    closed,
  ),
);

const most = (maximum: number) => Type.Integer({ minimum: 0, maximum });
const callLimits = Type.Object(
  {
    callsPerHour: most(100_000),
    callsPerDay: most(1_000_000),
    minutesPerHour: most(100_000),
    minutesPerDay: most(1_000_000),
    atOnce: most(10_000),
  },
  closed,
);

export const fraudGuard = Type.Unsafe<FraudGuard>(
  Type.Object(
    {
      openCountries: list(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166, two capital letters' }), 300),
      openPremium: list(Type.String({ pattern: '^\\+?[0-9]{2,15}$', description: 'beginning of a number' }), 1000),
      limits: callLimits,
      calendarId: Type.Optional(id),
      offHours: callLimits,
    },
    closed,
  ),
);

const slot = Type.String({ pattern: '^[0-9]{2}$', description: 'two digits' });
export const parking = Type.Unsafe<Parking>(
  Type.Object(
    { first: slot, last: slot, returnS: Type.Integer({ minimum: 10, maximum: 3600, description: 'seconds' }) },
    closed,
  ),
);

export const officeLanguage = Type.Unsafe<{ readonly language: Language }>(Type.Object({ language }, closed));

export const officeZone = Type.Unsafe<{ readonly zone: string }>(
  Type.Object({ zone: Type.String({ maxLength: 64, description: 'IANA name like Europe/Prague' }) }, closed),
);

export type DocumentBody =
  | FeatureCodes
  | FeatureSwitches
  | FraudGuard
  | Parking
  | { readonly language: Language }
  | { readonly zone: string };
