/** Where a card, a call or a list is in the page. */
import type { CardPage } from '../api/keys';

const folders: Readonly<Record<CardPage, string>> = {
  contact: '/contacts',
  company: '/companies',
  lead: '/leads',
  deal: '/deals',
};

export const linkTo = (kind: CardPage, id: string): string => `${folders[kind]}/${encodeURIComponent(id)}`;
export const linkToCall = (id: string): string => `/calls/${encodeURIComponent(id)}`;
