/** Connects the router's effects to those who carry them out. */
import { randomBytes } from 'node:crypto';
import type { PbxEvent } from '../call-router/event';
import { builtInCrm } from '../crm-link/built-in-crm';
import { crmRunner } from '../crm-link/run-crm-effect';
import { type StoreRunner, storeRunner } from '../prisma/run-store-effect';
import type { DeskHub } from './api/desk/desk-hub';
import type { Clock, NamedTimers } from './clock';
import type { Log } from './log';
import type { Parts } from './readiness';
import type { RunningPush } from './start-push';

interface Wires extends Pick<Parts, 'board' | 'database' | 'sip' | 'media' | 'recordings'> {
  readonly push: Pick<RunningPush, 'wake'>;
  readonly desk: Pick<DeskHub, 'offerResume' | 'showQuality'>;
  readonly timers: NamedTimers;
  readonly clock: Clock;
  readonly log: Log;
}

/** Answers the one that holds what the database has not taken yet. */
export function connectRunners({
  board,
  database,
  sip,
  media,
  recordings,
  desk,
  push,
  timers,
  clock,
  log,
}: Wires): StoreRunner {
  const post = (event: PbxEvent): void => board.post(event);
  const crm = builtInCrm((request) => database.calls.ask('match-client', request));
  const newId = (): string => randomBytes(16).toString('hex');
  const store = storeRunner({ ask: database.calls.ask, post, clock, newId, log });
  board.connect({
    sip: (effect) => sip.gateway.run(effect),
    media: media.run,
    recordings: recordings.run,
    crm: crmRunner({ crm, clock, post, log }),
    store: store.run,
    desk: (effect) => {
      if (effect.do === 'wake') push.wake(effect);
      else if (effect.do === 'show-quality') desk.showQuality(effect);
      else desk.offerResume(effect);
    },
    clock: (effect) =>
      effect.do === 'set-timer' ? timers.set(effect.timer, effect.afterMs) : timers.clear(effect.timer),
  });
  return store;
}
