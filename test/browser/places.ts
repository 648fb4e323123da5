/** Every page of the desk, for tests that look at all of them. */
import type { Page } from 'playwright-core';
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

/**
 * Goes to a place inside the page that is open, as a link does, and waits until what was there is gone: a tenth of what a load
 * costs. A place of the same kind as the one before (`/settings/hours/…`) may keep its elements, so it is loaded.
 */
export async function visit(page: Page, place: string): Promise<void> {
  if (kindOf(new URL(page.url()).pathname) === kindOf(place)) await page.goto(place);
  else await page.evaluate(followLink, place);
  await page.locator('h1:not([data-left])').first().waitFor();
  await page.waitForFunction(() => document.querySelector('h1[data-left], .spinner') === null);
}

const kindOf = (place: string): string => /^(?:\/settings)?\/[^/?]*/.exec(place)?.[0] ?? place;

function followLink(to: string): void {
  for (const heading of document.querySelectorAll('h1')) heading.dataset['left'] = '';
  history.pushState({}, '', to);
  dispatchEvent(new PopStateEvent('popstate', { state: history.state }));
}
