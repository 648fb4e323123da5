/** A small office, set up through the public REST interface as an administrator would: trunk, number, people, phone, client. */
import { randomBytes } from 'node:crypto';
import type { Api } from './api';

export interface Office {
  readonly rentedNumber: string;
  readonly unknownCaller: string;
  readonly knownCaller: string;
  readonly contactId: string;
  readonly person: { readonly id: string; readonly name: string; readonly login: string; readonly password: string };
  readonly deskPhone: { readonly username: string; readonly password: string };
}

interface Made {
  readonly id: string;
}

export async function setUpOffice(
  api: Api,
  provider: { readonly host: string; readonly port: number },
): Promise<Office> {
  const login = { name: 'Anna Dvořáková', login: 'anna', password: `demo-${randomBytes(5).toString('hex')}` };
  const person = await api.post<Made>('/api/users', { ...login, role: 'manager', extension: '101' });
  const deskPhone = await api.post<Office['deskPhone']>(`/api/users/${person.id}/devices`, { name: 'Desk phone' });
  const trunk = await api.post<Made>('/api/trunks', {
    name: 'Demo provider',
    kind: 'address',
    transport: 'udp',
    ...provider,
  });
  const rentedNumber = '+420210000001';
  const route = { to: 'user', userId: person.id };
  await api.post('/api/numbers', {
    number: rentedNumber,
    kind: 'rented',
    trunkId: trunk.id,
    name: 'Sales',
    source: 'Spring advertisement',
    route,
  });
  const company = await api.post<Made>('/api/companies', { name: 'Růžička & Partners', phones: ['+420 222 333 444'] });
  const contact = await api.post<Made>('/api/contacts', {
    name: 'Karel Růžička',
    phones: ['602 111 222'],
    companyId: company.id,
    responsibleUserId: person.id,
  });
  return {
    rentedNumber,
    unknownCaller: '+420777123456',
    knownCaller: '+420602111222',
    contactId: contact.id,
    person: { id: person.id, ...login },
    deskPhone,
  };
}
