/** The *calls* thread: look-ups by key and group-committed writes, each within a live call. No list and no search here. */
import { saveBindings } from './calls/bindings';
import { GroupWriter } from './calls/group-writer';
import { endInterruptedCalls, saveRecovered } from './calls/recordings';
import { saveAlarm } from './desk/alarms';
import { countOf, keptMessages, markMessage, saveMessage } from './desk/live-messages';
import { savePerson, turnCalendar } from './desk/persons';
import { matchClient } from './crm/match-client';
import { makeDefaultStatuses } from './crm/statuses';
import type { CallOperations } from './operations';
import { type Handlers, serve } from './serve';

void serve<CallOperations>(async (store) => {
  await makeDefaultStatuses(store);
  const writer = new GroupWriter(store);
  const handlers: Handlers<CallOperations> = {
    'match-client': (request) => matchClient(store, request),
    'save-call': async (request) => {
      await writer.saveCall(request);
      return undefined;
    },
    'save-recording': async (request) => {
      await writer.saveRecording(request);
      return undefined;
    },
    'save-recovered': async (request) => {
      await writer.save((tx) => saveRecovered(store.kind, tx, request));
      return undefined;
    },
    'end-interrupted-calls': () => store.write((tx) => endInterruptedCalls(tx)),
    'save-bindings': async (request) => {
      await writer.save((tx) => saveBindings(tx, request));
      return undefined;
    },
    'save-person': async (request) => {
      await writer.save((tx) => savePerson(tx, request));
      return undefined;
    },
    'turn-calendar': async (request) => {
      await writer.save((tx) => turnCalendar(tx, request));
      return undefined;
    },
    'save-message': async (request) => {
      await writer.save((tx) => saveMessage(tx, request));
      return countOf(store.client, request.mailboxId);
    },
    'mark-message': async (request) => {
      await writer.save((tx) => markMessage(tx, request));
      return countOf(store.client, request.mailboxId);
    },
    'kept-messages': (request) => keptMessages(store.client, request),
    'save-alarm': async (request) => {
      await writer.save((tx) => saveAlarm(tx, request));
      return undefined;
    },
  };
  return { handlers, atOnce: () => true, drain: () => writer.flush() };
});
