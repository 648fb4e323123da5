/**
 * The SIP account of a person's browser: made up for one log-in, kept in memory, and gone with it. No page ever learns a
 * device's password, and what a page was told is worth nothing once its log-in has ended. All pages of one log-in share it.
 */
import { randomBytes } from 'node:crypto';
import { browserDeviceOf, userIdOf } from '../call-router/values/ids';
import type { Gateway } from '../sip-gateway/gateway-options';
import { domainOf } from '../sip-gateway/trunk-headers';
import type { BrowserPhone } from './api/desk-messages';
import { ha1Of } from './api/passwords';
import type { Clock } from './clock';

/** Of whom it is: the `Entrant` of a socket. */
export interface Login {
  readonly loginId: string;
  readonly userId: string;
}

export interface BrowserAccounts {
  /** The account of this log-in, made at the first lease. Each lease is given back by one release. */
  lease(login: Login): BrowserPhone;
  /** A page that is loaded anew finds the same account within `keptMs`; then it ends. */
  release(login: Pick<Login, 'loginId'>): void;
  /** The log-in is over, or another than it was. */
  end(loginId: string): void;
  /** Ends all. */
  stop(): void;
}

export interface BrowserAccountParts {
  readonly gateway: Pick<Gateway, 'admit' | 'dismiss'>;
  readonly realm: string;
  readonly clock: Clock;
  readonly keptMs: number;
}

interface Account {
  readonly phone: BrowserPhone;
  readonly leases: number;
  /** Takes back the end of one that nobody holds. */
  readonly stay: () => void;
}

const nothing = (): void => undefined;

export function openBrowserAccounts({ gateway, realm, clock, keptMs }: BrowserAccountParts): BrowserAccounts {
  const accounts = new Map<string, Account>();
  const end = (loginId: string): void => {
    const account = accounts.get(loginId);
    if (account === undefined) return;
    account.stay();
    accounts.delete(loginId);
    gateway.dismiss(account.phone.username);
  };
  return {
    lease({ loginId, userId }) {
      const known = accounts.get(loginId);
      known?.stay();
      const phone = known?.phone ?? admitted(gateway, realm, userId);
      accounts.set(loginId, { phone, leases: (known?.leases ?? 0) + 1, stay: nothing });
      return phone;
    },
    release({ loginId }) {
      const account = accounts.get(loginId);
      // It has ended with its log-in already.
      if (account === undefined || account.leases === 0) return;
      const leases = account.leases - 1;
      const stay = leases > 0 ? nothing : clock.after(keptMs, () => end(loginId));
      accounts.set(loginId, { ...account, leases, stay });
    },
    end,
    stop: () => [...accounts.keys()].forEach(end),
  };
}

function admitted(gateway: BrowserAccountParts['gateway'], realm: string, userId: string): BrowserPhone {
  const username = `b${randomBytes(10).toString('hex')}`;
  const password = randomBytes(24).toString('base64url');
  const secret = { username, realm, password };
  gateway.admit({
    id: browserDeviceOf(userIdOf(userId)),
    userId,
    username,
    algorithm: 'MD5',
    ha1Md5: ha1Of('md5', secret),
    ha1Sha256: ha1Of('sha256', secret),
  });
  return { ...secret, path: '/api/sip', domain: domainOf(realm) };
}
