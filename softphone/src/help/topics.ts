/** Which help belongs to which page, and what a help is made of. The sentences: one file a language, fetched when it is first read. */
import type { Language } from '../../../call-router/state/office';
import type { TextKey } from '../text/text';

/** Plain sentences, no markup. */
export interface HelpPage {
  /** What the page is for. */
  readonly for: string;
  /** How to do what is most often done here. */
  readonly how: readonly string[];
}

/** Each topic with its title. */
export const topics = {
  'first-start': 'first-start.title',
  leads: 'nav.leads',
  clients: 'nav.clients',
  deals: 'nav.deals',
  card: 'help.card',
  calls: 'nav.calls',
  call: 'help.call',
  messages: 'nav.messages',
  queues: 'nav.queues',
  me: 'me.title',
  headset: 'headset.test',
  reports: 'nav.reports',
  alarms: 'alarms.title',
  password: 'password.change',
  /** Told on every page where there is a phone. */
  phone: 'phone.label',
  'settings/people': 'settings.people',
  'settings/groups': 'settings.groups',
  'settings/trunks': 'settings.trunks',
  'settings/numbers': 'settings.numbers',
  'settings/calling-out': 'settings.calling-out',
  'settings/fraud-guard': 'settings.fraud-guard',
  'settings/hours': 'settings.hours',
  'settings/routes': 'settings.routes',
  'settings/queues': 'settings.queues',
  'settings/mailboxes': 'settings.mailboxes',
  'settings/rooms': 'settings.rooms',
  'settings/sounds': 'settings.sounds',
  'settings/codes': 'settings.codes',
  'settings/recording': 'settings.recording',
  'settings/new-leads': 'settings.new-leads',
  'settings/lists': 'settings.lists',
  'settings/never-record': 'settings.never-record',
  'settings/office': 'settings.office',
  'settings/features': 'settings.features',
  'settings/mail': 'settings.mail',
  'settings/log-in': 'settings.log-in',
} as const satisfies Readonly<Record<string, TextKey>>;

export type HelpTopic = keyof typeof topics;
/** What a language does not have yet is told in English. */
export type Help = Readonly<Partial<Record<HelpTopic, HelpPage>>>;

/** Undefined: a page without a help of its own. */
export function topicOf(path: string): HelpTopic | undefined {
  const [first = '', second] = path.split('/').filter((part) => part !== '');
  const name = first === 'settings' ? `settings/${second}` : second === undefined ? first : detailOf(first);
  return isTopic(name) ? name : undefined;
}

/** English fills what the language lacks. */
export async function loadHelp(language: Language): Promise<Help> {
  const [english, own] = await Promise.all([helps.en(), helps[language]()]);
  return { ...english, ...own };
}

const helps: Readonly<Record<Language, () => Promise<Help>>> = {
  en: async () => (await import('./english')).english,
  cs: async () => (await import('./czech')).czech,
  ro: async () => (await import('./romanian')).romanian,
  pt: async () => (await import('./portuguese')).portuguese,
  ko: async () => (await import('./korean')).korean,
  th: async () => (await import('./thai')).thai,
};

const detailOf = (list: string): string => (list === 'calls' ? 'call' : cards.has(list) ? 'card' : '');
const cards: ReadonlySet<string> = new Set(['leads', 'contacts', 'companies', 'deals']);
const isTopic = (name: string): name is HelpTopic => name in topics;
