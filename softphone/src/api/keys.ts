/** The names under which answers are kept (TanStack Query keys), in one place so that a change finds all it touches. */
export const keys = {
  me: ['me'] as const,
  firstStart: ['first-start'] as const,
  guest: (token: string) => ['guest', token] as const,
  people: ['people'] as const,
  colleagues: ['colleagues'] as const,
  devices: (userId: string) => ['devices', userId] as const,
  trunks: ['trunks'] as const,
  numbers: ['numbers'] as const,
  statuses: (of: 'lead' | 'deal' | 'call') => ['statuses', of] as const,
  neverRecord: ['never-record'] as const,
  logInRanges: ['log-in-ranges'] as const,
  office: (kind: string) => ['office', kind] as const,
  document: (key: string) => ['document', key] as const,
  mail: ['mail'] as const,
  prompts: ['prompts'] as const,
  list: (kind: ListKind) => ['list', kind] as const,
  card: (kind: CardPage, id: string) => ['card', kind, id] as const,
  timeline: (kind: CardPage, id: string) => ['timeline', kind, id] as const,
  search: (text: string) => ['search', text] as const,
  liveCalls: ['live-calls'] as const,
  calls: ['calls'] as const,
  call: (id: string) => ['calls', id] as const,
  desk: ['desk'] as const,
  missedCalls: ['missed-calls'] as const,
  messages: ['messages'] as const,
  notices: ['notices'] as const,
  alarms: ['alarms'] as const,
  blocks: ['blocks'] as const,
  person: (userId: string) => ['person', userId] as const,
  agents: ['agents'] as const,
  queueNow: (id: string) => ['queue-now', id] as const,
  report: ['report'] as const,
  callNotes: (id: string) => ['call-notes', id] as const,
  outgoingNumbers: (to: string) => ['outgoing-numbers', to] as const,
};

export type CardPage = 'contact' | 'company' | 'lead' | 'deal';
export type ListKind = 'contacts' | 'companies' | 'leads' | 'deals';

export const listOf: Readonly<Record<CardPage, ListKind>> = {
  contact: 'contacts',
  company: 'companies',
  lead: 'leads',
  deal: 'deals',
};
