/** What the store tells: the directory as a whole, what people have set, and how full a mailbox is. */
import type { StoreEvent } from '../event';
import { closedPagesKnown } from './closed-page';
import { assertNever } from '../values/assert';
import type { Decision } from './decision';

export function storeChanged(event: Exclude<StoreEvent, { readonly type: 'messages-listed' }>): Decision {
  switch (event.type) {
    case 'directory-loaded':
      return { changes: [{ set: 'directory', directory: event.directory }], effects: [] };
    case 'persons-loaded':
      return { changes: event.persons.map(([user, person]) => ({ set: 'person', user, person })), effects: [] };
    case 'spending-loaded':
      return { changes: event.accounts.map((account) => ({ set: 'spending', ...account })), effects: [] };
    case 'mailbox-counted':
      return { changes: [{ set: 'mailbox-count', count: event.count }], effects: [] };
    case 'closed-pages-known':
      return closedPagesKnown(event);
    default:
      return assertNever(event);
  }
}
