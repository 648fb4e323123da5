/**
 * What a lamp key shows: the dialogs of a watched extension or park slot as an application/dialog-info+xml document
 * (RFC 4235 section 4). Always the full state, so that a lost document costs nothing. Pure.
 */
import { createHash } from 'node:crypto';
import type { LampDialog } from '../call-router/effect';
import { printable } from '../call-router/values/printable';
import { escapedUser } from './header-values';
import type { DialogName } from './legs';

export const dialogInfoType = 'application/dialog-info+xml';

export interface WatchedDialog extends LampDialog {
  /** The dialog between us and the watched phone as we see it, where a watcher may take it over (RFC 3891). */
  readonly name?: DialogName;
}

/** Who is watched, written as the watcher named it: it compares the two. */
export interface WatchedEntity {
  readonly user: string;
  readonly host: string;
}

/** The document but for its version, which counts what was sent to one watcher. */
export function dialogInfo(entity: WatchedEntity, dialogs: readonly WatchedDialog[], version: number): string {
  const uri = `sip:${escapedUser(entity.user)}@${entity.host}`;
  const inside = dialogs.map((dialog) => dialogElement(dialog, uri, entity.host)).join('');
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="${version}" state="full" entity="${xml(uri)}">\n` +
    `${inside}</dialog-info>\n`
  );
}

function dialogElement(dialog: WatchedDialog, uri: string, host: string): string {
  const { id, state, direction, name } = dialog;
  // Our leg's id names the call, and a recording is named by that.
  const idShown = createHash('sha256').update(id).digest('hex').slice(0, 16);
  // Local is the watched phone: its tag is the one that is remote to us.
  const wire =
    name === undefined
      ? ''
      : ` call-id="${xml(name.sipCallId)}" local-tag="${xml(name.remoteTag)}" remote-tag="${xml(name.localTag)}"`;
  return (
    `<dialog id="${idShown}"${wire} direction="${direction}">\n<state>${state}</state>\n` +
    `<local><identity>${xml(uri)}</identity><target uri="${xml(uri)}"/></local>\n` +
    `<remote>${remoteIdentity(dialog, host)}<target uri="${xml(uri)}"/></remote>\n</dialog>\n`
  );
}

/**
 * The target of the remote end is us under the watched name: an INVITE with Replaces must come here, and one without it
 * from a simpler phone rings the same extension instead of calling the customer.
 */
function remoteIdentity({ remote }: WatchedDialog, host: string): string {
  if (remote === undefined) return '';
  const display = remote.displayName === undefined ? '' : ` display="${xml(remote.displayName)}"`;
  return `<identity${display}>${xml(`sip:${escapedUser(remote.number)}@${host}`)}</identity>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Names come from the CRM: none of them ends its attribute early, and no control character gets out. */
function xml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
