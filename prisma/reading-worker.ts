/** The *reading* thread: lists, search, cards, settings, accounts. Slow here hurts no call. */
import { loadBindings } from './calls/bindings';
import { getCall, getRecording, listCalls } from './calls/list-calls';
import { lastShownNumber } from './calls/last-shown-number';
import { noteCall } from './calls/note-call';
import { timeline } from './calls/timeline';
import type { Store } from './connect';
import { changeCompany, createCompany, getCompany, listCompanies, removeCompany } from './crm/companies';
import { changeContact, createContact, getContact, listContacts, removeContact } from './crm/contacts';
import { convertLead } from './crm/convert-lead';
import { changeDeal, createDeal, getDeal, listDeals, removeDeal } from './crm/deals';
import { assignLead, leadsWaiting } from './crm/lead-owners';
import { changeLead, createLead, getLead, listLeads, openLead, removeLead } from './crm/leads';
import { searchCards } from './crm/search-cards';
import { listStatuses, replaceStatuses } from './crm/statuses';
import { liftAlarm, listAlarms } from './desk/alarms';
import { readCallCard } from './desk/call-card';
import { countAll } from './desk/live-messages';
import { mailAccount, mailSettings, noticesMailed, saveMailSettings, unmailedNotices } from './desk/mail';
import { changeMessage, listMessages } from './desk/messages';
import { listMissedCalls } from './desk/missed-calls';
import { countWaiting, countWaitingOf } from './desk/waiting';
import { forgetOld } from './desk/forget-old';
import { listNotices, readNotice } from './desk/notices';
import { loadPersons } from './desk/persons';
import { pushKeys, pushSubscriptions, removePushSubscription, savePushKeys, savePushSubscription } from './desk/push';
import { reportCalls } from './desk/report-calls';
import { loadSpending } from './desk/spending';
import type { DeskOperations } from './desk-operations';
import type { ReadingOperations } from './operations';
import { saveDocument, savedDocuments } from './office/documents';
import { changeObject, createObject, getObject, listObjects, removeObject } from './office/objects';
import { type Handlers, serve } from './serve';
import { changeDevice, createDevice, listDevices, removeDevice } from './settings/devices';
import { getSetting, listNeverRecord, replaceNeverRecord, setSetting } from './settings/documents';
import { loadedDirectory } from './settings/loaded-directory';
import {
  closeLogin,
  closeLoginsOfUser,
  countAdministrators,
  findAccount,
  findLogin,
  listTokens,
  openLogin,
  removeToken,
  setPassword,
} from './settings/logins';
import { dismissUser } from './settings/dismissal';
import { acceptInvitation, closeInvitation, findInvitation, openInvitation } from './settings/invitations';
import { setPreferences } from './settings/preferences';
import {
  changeNumber,
  createNumber,
  getNumber,
  listNumbers,
  removeNumber,
  setNumberVerified,
} from './settings/numbers';
import { changeTrunk, createTrunk, getTrunk, listTrunks, removeTrunk } from './settings/trunks';
import { changeUser, createUser, getUser, listUsers, removeUser } from './settings/users';

void serve<ReadingOperations>(async (store) => ({
  handlers: {
    ...cardHandlers(store),
    ...callHandlers(store),
    ...settingHandlers(store),
    ...officeHandlers(store),
    ...deskHandlers(store),
    ...accountHandlers(store),
  },
  atOnce: () => false,
  ...(store.kind === 'sqlite' ? { everySecond: () => carryLogOver(store) } : {}),
  drain: () => Promise.resolve(),
}));

/** SQLite's log into the file. PASSIVE waits for nobody, and nobody waits for it but this thread. */
const carryLogOver = (store: Store): Promise<unknown> => store.client.$queryRawUnsafe('PRAGMA wal_checkpoint(PASSIVE)');

type Some<Names extends keyof ReadingOperations> = Pick<Handlers<ReadingOperations>, Names>;
type Crud<Name extends string> = `${'create' | 'change' | 'remove' | 'get'}-${Name}` & keyof ReadingOperations;

function cardHandlers(
  store: Store,
): Some<
  | Crud<'contact' | 'company' | 'lead' | 'deal'>
  | `list-${'contacts' | 'companies' | 'leads' | 'deals' | 'statuses'}`
  | 'search-cards'
  | 'open-lead'
  | 'convert-lead'
  | 'replace-statuses'
> {
  return {
    'create-contact': (request) => createContact(store, request),
    'change-contact': (request) => changeContact(store, request),
    'remove-contact': (request) => removeContact(store, request),
    'get-contact': (request) => getContact(store, request),
    'list-contacts': (request) => listContacts(store, request),
    'create-company': (request) => createCompany(store, request),
    'change-company': (request) => changeCompany(store, request),
    'remove-company': (request) => removeCompany(store, request),
    'get-company': (request) => getCompany(store, request),
    'list-companies': (request) => listCompanies(store, request),
    'create-lead': (request) => createLead(store, request),
    'change-lead': (request) => changeLead(store, request),
    'remove-lead': (request) => removeLead(store, request),
    'get-lead': (request) => getLead(store, request),
    'list-leads': (request) => listLeads(store, request),
    'create-deal': (request) => createDeal(store, request),
    'change-deal': (request) => changeDeal(store, request),
    'remove-deal': (request) => removeDeal(store, request),
    'get-deal': (request) => getDeal(store, request),
    'list-deals': (request) => listDeals(store, request),
    'search-cards': (request) => searchCards(store, request),
    'open-lead': (request) => openLead(store, request),
    'convert-lead': (request) => convertLead(store, request),
    'list-statuses': (request) => listStatuses(store.client, request.of),
    'replace-statuses': (request) => replaceStatuses(store, request),
  };
}

function callHandlers(
  store: Store,
): Some<'list-calls' | 'get-call' | 'note-call' | 'last-shown-number' | 'get-recording' | 'timeline'> {
  return {
    'list-calls': (request) => listCalls(store, request),
    'get-call': (request) => getCall(store, request),
    'note-call': (request) => noteCall(store, request),
    'last-shown-number': (request) => lastShownNumber(store, request),
    'get-recording': (request) => getRecording(store, request),
    timeline: (request) => timeline(store, request),
  };
}

function settingHandlers(
  store: Store,
): Some<
  | Crud<'trunk' | 'number'>
  | `list-${'trunks' | 'numbers' | 'devices' | 'never-record'}`
  | `${'create' | 'change' | 'remove'}-device`
  | 'replace-never-record'
  | 'set-number-verified'
  | `${'get' | 'set'}-setting`
  | `load-${'directory' | 'bindings'}`
> {
  return {
    'create-trunk': (request) => createTrunk(store, request),
    'change-trunk': (request) => changeTrunk(store, request),
    'remove-trunk': (request) => removeTrunk(store, request),
    'get-trunk': (request) => getTrunk(store, request.id),
    'list-trunks': (request) => listTrunks(store, request),
    'create-number': (request) => createNumber(store, request),
    'change-number': (request) => changeNumber(store, request),
    'remove-number': (request) => removeNumber(store, request),
    'get-number': (request) => getNumber(store, request.id),
    'list-numbers': (request) => listNumbers(store, request),
    'set-number-verified': (request) => setNumberVerified(store, request),
    'list-devices': (request) => listDevices(store, request),
    'create-device': (request) => createDevice(store, request),
    'change-device': (request) => changeDevice(store, request),
    'remove-device': (request) => removeDevice(store, request),
    'list-never-record': () => listNeverRecord(store.client),
    'replace-never-record': (request) => replaceNeverRecord(store, request.numbers),
    'get-setting': (request) => getSetting(store, request.key),
    'set-setting': (request) => setSetting(store, request),
    'load-directory': () => loadedDirectory(store),
    'load-bindings': (request) => loadBindings(store.client, request.at),
  };
}

function officeHandlers(
  store: Store,
): Some<
  `${'get' | 'create' | 'change' | 'remove'}-object` | 'list-objects' | 'get-office-documents' | 'save-office-document'
> {
  return {
    'list-objects': ({ kind }) => listObjects(store, kind),
    'get-object': (request) => getObject(store, request),
    'create-object': (request) => createObject(store, request),
    'change-object': (request) => changeObject(store, request),
    'remove-object': (request) => removeObject(store, request),
    'get-office-documents': () => savedDocuments(store.client),
    'save-office-document': (request) => saveDocument(store, request),
  };
}

function deskHandlers(store: Store): Some<keyof DeskOperations> {
  return {
    'load-persons': () => loadPersons(store.client),
    'load-mailbox-counts': () => countAll(store.client),
    'load-spending': ({ since }) => loadSpending(store.client, since),
    'list-messages': (request) => listMessages(store, request),
    'change-message': (request) => changeMessage(store, request),
    'list-missed-calls': (request) => listMissedCalls(store, request),
    'count-waiting': (request) => countWaiting(store, request),
    'count-waiting-of': (request) => countWaitingOf(store, request),
    'read-call-card': (request) => readCallCard(store, request),
    'list-alarms': (request) => listAlarms(store, request),
    'lift-alarm': (request) => liftAlarm(store, request),
    'list-notices': (request) => listNotices(store, request),
    'read-notice': (request) => readNotice(store, request),
    'forget-old': (request) => forgetOld(store, request),
    'report-calls': (request) => reportCalls(store, request),
    'leads-waiting': (request) => leadsWaiting(store, request),
    'assign-lead': (request) => assignLead(store, request),
    'get-mail-settings': () => mailSettings(store),
    'save-mail-settings': (request) => saveMailSettings(store, request),
    'load-mail-account': () => mailAccount(store),
    'unmailed-notices': (request) => unmailedNotices(store, request),
    'notices-mailed': (request) => noticesMailed(store, request),
    'load-push-keys': () => pushKeys(store),
    'save-push-keys': (request) => savePushKeys(store, request),
    'save-push-subscription': (request) => savePushSubscription(store, request),
    'remove-push-subscription': (request) => removePushSubscription(store, request),
    'push-subscriptions': (request) => pushSubscriptions(store, request),
  };
}

function accountHandlers(
  store: Store,
): Some<
  | Crud<'user'>
  | 'list-users'
  | `find-${'account' | 'login'}`
  | `set-${'password' | 'preferences'}`
  | 'open-login'
  | 'close-login'
  | 'close-logins-of-user'
  | 'list-tokens'
  | 'remove-token'
  | 'count-administrators'
  | `${'open' | 'close' | 'find' | 'accept'}-invitation`
  | 'dismiss-user'
> {
  return {
    'create-user': (request) => createUser(store, request),
    'change-user': (request) => changeUser(store, request),
    'remove-user': (request) => removeUser(store, request),
    'get-user': (request) => getUser(store, request.id),
    'list-users': (request) => listUsers(store, request),
    'open-invitation': (request) => openInvitation(store, request),
    'close-invitation': ({ userId }) => closeInvitation(store, userId),
    'find-invitation': (request) => findInvitation(store, request),
    'accept-invitation': (request) => acceptInvitation(store, request),
    'dismiss-user': (request) => dismissUser(store, request),
    'find-account': (request) => findAccount(store, request.login),
    'set-password': (request) => setPassword(store, request),
    'set-preferences': (request) => setPreferences(store, request),
    'open-login': (request) => openLogin(store, request),
    'find-login': (request) => findLogin(store, request),
    'close-login': (request) => closeLogin(store, request.tokenHash),
    'close-logins-of-user': (request) => closeLoginsOfUser(store, request),
    'list-tokens': () => listTokens(store),
    'remove-token': (request) => removeToken(store, request.id),
    'count-administrators': () => countAdministrators(store),
  };
}
