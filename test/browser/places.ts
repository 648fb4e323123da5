/** Every page of the desk, for tests that look at all of them. */
import type { Telephony } from '../../demo/telephony';
import { settingsGroups } from '../../softphone/src/pages/settings/places';
import type { DeskOffice } from './desk-office';

export const deskPlaces = ({ office }: DeskOffice): readonly string[] => [
  '/first-start',
  '/leads',
  '/clients',
  '/deals',
  '/calls',
  '/calls?show=missed',
  '/messages',
  '/queues',
  '/me',
  '/headset',
  '/reports',
  '/alarms',
  `/contacts/${office.contactId}`,
];

export const settingsPlaces = ({ calendarId, queueId, planId }: Telephony): readonly string[] => [
  ...settingsGroups.flatMap((group) => group.places.map(({ to }) => `/settings/${to}`)),
  '/settings/hours/new',
  `/settings/hours/${calendarId}`,
  '/settings/queues/new',
  `/settings/queues/${queueId}`,
  '/settings/routes/new',
  `/settings/routes/${planId}`,
];
