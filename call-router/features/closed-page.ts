/**
 * A person whose page is closed, but whose browser has asked to be told (Web Push), can be rung all the same: a leg without an
 * INVITE stands for that browser while its person is told, and makes room for a real one when the page opens and registers
 * (late-browser.ts). If no browser could be told, it ends as a phone that cannot be reached.
 */
import type { DeskEvent, StoreEvent } from '../event';
import type { PbxEffect } from '../effect';
import type { Call, Leg } from '../state/call';
import type { Change, PbxView } from '../state/view';
import { browserDeviceOf, type UserId } from '../values/ids';
import { branchRinging } from './answer';
import { type Decision, ignore, isBeingCalled } from './decision';
import type { End } from './ends';
import { branchFailed } from './no-answer';

export const isClosedPage = ({ target }: Pick<Leg, 'target'>): boolean => target?.kind === 'closed-page';

/** None while a browser of theirs is registered; nor for agents of a queue, whom no caller waits for to open a page. */
export function closedPageEnds(pbx: PbxView, call: Call, user: UserId): readonly End[] {
  const device = browserDeviceOf(user);
  const isOpen = pbx.bindingsOfUser(user).some(({ of }) => of.kind === 'device' && of.device === device);
  if (isOpen || !pbx.isToldWhenClosed(user) || !canWait(call)) return [];
  return [{ far: { kind: 'device', device, user }, target: { kind: 'closed-page' }, towards: '' }];
}

/** Whoever asked for the call sits at a page that is open. */
const canWait = ({ state }: Call): boolean =>
  !['reaching-caller', 'queued', 'calling-back', 'conferring'].includes(state.in);

/** What opens a leg at a closed page. */
export const wake = (call: Call['id'], leg: Leg['id'], user: UserId): PbxEffect => ({
  to: 'desk',
  do: 'wake',
  user,
  call,
  leg,
});

/** A push service has taken the word: for the caller the phone rings. */
export function pageTold(pbx: PbxView, event: DeskEvent): Decision {
  const call = pbx.callOf(event.leg);
  const leg = call?.legs.get(event.leg);
  // Answered elsewhere, or the page was quicker than the word of its push service.
  if (call === undefined || leg === undefined || !isBeingCalled(leg) || !isClosedPage(leg)) return ignore;
  const { at } = event;
  return event.type === 'page-told'
    ? branchRinging(pbx, { from: 'sip', type: 'leg-ringing', at, call: event.call, leg: leg.id })
    : branchFailed(pbx, call, { leg, cause: 'unreachable', at });
}

export function closedPagesKnown({ users }: Extract<StoreEvent, { readonly type: 'closed-pages-known' }>): Decision {
  const change: Change = { set: 'told-when-closed', users: new Set(users) };
  return { changes: [change], effects: [] };
}
