/**
 * Accounts that come and go without the directory: each browser has one for its log-in, made in memory (the server's
 * browser-accounts.ts). They outlive the directory being loaded anew. Also: whose registrations and subscriptions still count.
 */
import type { Binding } from '../call-router/state/view';
import type { AccountBook, DeviceAccount } from './accounts';

export class Guests {
  readonly accounts = new Map<string, DeviceAccount>();

  admit(account: DeviceAccount): void {
    this.accounts.set(account.username, account);
  }

  dismiss(username: string): void {
    this.accounts.delete(username);
  }

  /** @param username of a device that may have several accounts. */
  isKnown(book: AccountBook, of: Binding['of'], username?: string): boolean {
    if (of.kind === 'trunk') {
      const trunk = book.trunks.get(of.trunk);
      return trunk?.username !== undefined && book.byUsername.has(trunk.username);
    }
    if (book.usernameOfDevice.has(of.device)) return true;
    if (username !== undefined) return this.accounts.get(username)?.id === of.device;
    return [...this.accounts.values()].some(({ id }) => id === of.device);
  }
}
