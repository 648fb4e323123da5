/** The pages of the settings, in groups: what belongs together stands together, and a small screen shows one group at a time. */
import type { Feature } from '../../../../server/api/messages';
import type { TextKey } from '../../text/text';

export interface SettingsPlace {
  readonly to: string;
  readonly name: TextKey;
  /** Not there where this is switched off. */
  readonly feature?: Feature;
}
export interface SettingsGroup {
  readonly name: TextKey;
  readonly places: readonly SettingsPlace[];
}

export const settingsGroups: readonly SettingsGroup[] = [
  {
    name: 'settings-group.people',
    places: [
      { to: 'people', name: 'settings.people' },
      { to: 'groups', name: 'settings.groups' },
    ],
  },
  {
    name: 'settings-group.lines',
    places: [
      { to: 'trunks', name: 'settings.trunks' },
      { to: 'numbers', name: 'settings.numbers' },
      { to: 'calling-out', name: 'settings.calling-out' },
      { to: 'fraud-guard', name: 'settings.fraud-guard' },
    ],
  },
  {
    name: 'settings-group.calls',
    places: [
      { to: 'hours', name: 'settings.hours' },
      { to: 'routes', name: 'settings.routes' },
      { to: 'queues', name: 'settings.queues', feature: 'queues' },
      { to: 'mailboxes', name: 'settings.mailboxes', feature: 'voicemail' },
      { to: 'rooms', name: 'settings.rooms', feature: 'conferences' },
      { to: 'sounds', name: 'settings.sounds' },
      { to: 'codes', name: 'settings.codes' },
    ],
  },
  {
    name: 'settings-group.records',
    places: [
      { to: 'recording', name: 'settings.recording', feature: 'recording' },
      { to: 'new-leads', name: 'settings.new-leads' },
      { to: 'lists', name: 'settings.lists' },
      { to: 'never-record', name: 'settings.never-record' },
    ],
  },
  {
    name: 'settings-group.system',
    places: [
      { to: 'office', name: 'settings.office' },
      { to: 'features', name: 'settings.features' },
      { to: 'mail', name: 'settings.mail' },
      { to: 'log-in', name: 'settings.log-in' },
    ],
  },
];
