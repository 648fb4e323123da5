/** Joins the desk socket to what it tells about: the changes of the switchboard, and what is written to the database. */
import { DeskHub, type DeskHubParts } from './api/desk/desk-hub';
import type { BrowserPhones } from './api/desk/phone-leases';
import type { BrowserAccounts } from './browser-accounts';
import type { WatchedDatabase } from './database-writes';
import type { Switchboard } from './switchboard';

interface DeskWires extends Omit<DeskHubParts, 'view' | 'watchQuality'>, Pick<WatchedDatabase, 'onWrite'> {
  readonly board: Pick<Switchboard, 'view' | 'observe' | 'post'>;
}

export function startDesk({ board, onWrite, ...parts }: DeskWires): DeskHub {
  const watchQuality: DeskHubParts['watchQuality'] = (call, is) =>
    board.post({ from: 'api', type: 'quality-watch-asked', at: parts.clock.now(), call, is });
  const desk = new DeskHub({ ...parts, view: board.view, watchQuality });
  board.observe(desk.observe);
  onWrite(desk.noteWrite);
  return desk;
}

/** @param isAudible whether a browser that registers could be heard. */
export function browserPhones(accounts: BrowserAccounts, isAudible: () => boolean): BrowserPhones {
  return {
    lease: (entrant) => (isAudible() ? accounts.lease(entrant) : undefined),
    release: (entrant) => accounts.release(entrant),
    end: ({ loginId }) => accounts.end(loginId),
  };
}
