/** An office in which nothing is set up yet: what a new installation starts with. */
import { defaultCodes } from './feature-code';
import { allFeatures } from './feature-switch';
import type { CallLimits, FraudGuard, Office, Parking } from './office';

export const newParking: Parking = { first: '01', last: '20', returnS: 90 };

const byDay: CallLimits = { callsPerHour: 60, callsPerDay: 300, minutesPerHour: 240, minutesPerDay: 900, atOnce: 10 };
const offHours: CallLimits = { callsPerHour: 20, callsPerDay: 60, minutesPerHour: 60, minutesPerDay: 180, atOnce: 4 };

/** Only the office's own country, no premium numbers, and no more than a busy person calls. */
export const newFraudGuard: FraudGuard = { openCountries: [], openPremium: [], limits: byDay, offHours };

export const newOffice: Office = {
  groups: new Map(),
  calendars: new Map(),
  plans: new Map(),
  queues: new Map(),
  mailboxes: new Map(),
  rooms: new Map(),
  sounds: new Map(),
  outgoingRules: [],
  recordingRules: [],
  leadRules: [],
  codes: defaultCodes,
  features: allFeatures,
  fraudGuard: newFraudGuard,
  parking: newParking,
  zone: 'UTC',
  language: 'en',
};
