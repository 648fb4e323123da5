/** A calendar with nothing in it, and what a test says of it. */
import type { Calendar } from '../../call-router/state/office';
import { calendarIdOf } from '../../call-router/values/ids';

export const newCalendar = (more: Partial<Calendar>): Calendar => ({
  id: calendarIdOf('hours'),
  name: 'Hours',
  zone: 'UTC',
  week: [[], [], [], [], [], [], []],
  exceptions: [],
  switch: 'automatic',
  ...more,
});
