// All dialogs, found by the application's id and by what stands in a request on the wire (Call-ID and both tags).

import type { Dialog } from './dialog';

export class DialogTable {
  private readonly byId = new Map<string, Dialog>();
  private readonly byWire = new Map<string, Dialog>();

  get size(): number {
    return this.byWire.size;
  }

  /** Adds it; the application's id then means this one (forks share an id: the newest early dialog has it). */
  add(dialog: Dialog): void {
    this.byId.set(dialog.id, dialog);
    this.byWire.set(wireKey(dialog.callId, dialog.localTag, dialog.remoteTag), dialog);
  }

  /** Lets the application's id mean this one of several forks. */
  prefer(dialog: Dialog): void {
    this.byId.set(dialog.id, dialog);
  }

  find(id: string): Dialog | undefined {
    return this.byId.get(id);
  }

  findOnWire(callId: string, localTag: string, remoteTag: string): Dialog | undefined {
    return this.byWire.get(wireKey(callId, localTag, remoteTag));
  }

  remove(dialog: Dialog): void {
    dialog.state = 'ended';
    if (this.byId.get(dialog.id) === dialog) this.byId.delete(dialog.id);
    this.byWire.delete(wireKey(dialog.callId, dialog.localTag, dialog.remoteTag));
    dialog.unacknowledged?.stop();
    dialog.unacknowledged = undefined;
    dialog.reliable?.stop();
  }

  /** Removes subscriptions whose time is up. */
  removeExpired(nowMs: number): void {
    for (const dialog of [...this.byWire.values()]) {
      if (dialog.expiresMs !== undefined && dialog.expiresMs < nowMs) this.remove(dialog);
    }
  }

  /** Forgets all of them without a word, when the engine stops. */
  clear(): void {
    for (const dialog of [...this.byWire.values()]) this.remove(dialog);
  }

  /** All dialogs of one application. */
  *ofApp(app: Dialog['app']): Iterable<Dialog> {
    for (const dialog of this.byWire.values()) if (dialog.app === app) yield dialog;
  }
}

function wireKey(callId: string, localTag: string, remoteTag: string): string {
  return `${callId} ${localTag} ${remoteTag}`;
}
