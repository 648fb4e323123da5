/** The code of a calendar turns its switch: automatic → open → closed → automatic. It is an object of the office and kept so. */
import type { PbxView } from '../state/view';
import type { Calendar } from '../state/office';
import type { CalendarId } from '../values/ids';
import type { CodeDone } from './dialled-codes';

const next: Readonly<Record<Calendar['switch'], Calendar['switch']>> = {
  automatic: 'open',
  open: 'closed',
  closed: 'automatic',
};

export function calendarTurned({ directory }: PbxView, id: CalendarId): CodeDone {
  const calendar = directory.calendars.get(id);
  if (calendar === undefined) return { prompts: [{ say: 'not-available' }] };
  const turned: Calendar = { ...calendar, switch: next[calendar.switch] };
  const calendars = new Map(directory.calendars).set(id, turned);
  return {
    changes: [{ set: 'directory', directory: { ...directory, calendars } }],
    effects: [{ to: 'store', do: 'save-calendar-switch', calendar: id, switch: turned.switch }],
    prompts: [{ say: `calendar-${turned.switch}` }],
  };
}
