/**
 * What may be asked of the database about accounts and their log-ins (operations.ts joins it to the rest). Only hashes of
 * passwords and tokens go in and out.
 */
import type { Answer } from './operations';
import type { Dismissal, Preferences, Role, UserRow } from './records';

export interface AccountOperations {
  'find-account': {
    request: { login: string };
    answer:
      | { id: string; role: Role; passwordHash: string; mustChangePassword: boolean; disabled: boolean }
      | undefined;
  };
  'set-password': { request: { userId: string; passwordHash: string; mustChangePassword: boolean }; answer: undefined };
  /** The whole of them: what is left out is the browser's. */
  'set-preferences': { request: Preferences & { userId: string }; answer: Answer<undefined> };
  'open-login': {
    request: { tokenHash: string; userId: string; kind: 'cookie' | 'token'; expiresAt?: number; label?: string };
    answer: undefined;
  };
  'find-login': {
    request: { tokenHash: string; at: number };
    answer:
      | (Preferences & {
          userId: string;
          role: Role;
          name: string;
          kind: 'cookie' | 'token';
          mustChangePassword: boolean;
        })
      | undefined;
  };
  'close-login': { request: { tokenHash: string }; answer: undefined };
  /** Tokens for automation, newest first. `id`: the first 16 hexadecimal digits of the token's hash. */
  'list-tokens': {
    request: undefined;
    answer: readonly { id: string; userId: string; label: string; createdAt: string; expiresAt?: string }[];
  };
  'remove-token': { request: { id: string }; answer: Answer<undefined> };
  /** A link to set one's own password; a new one takes the place of the old. */
  'open-invitation': { request: { userId: string; tokenHash: string; expiresAt: number }; answer: Answer<undefined> };
  'close-invitation': { request: { userId: string }; answer: undefined };
  'find-invitation': { request: { tokenHash: string; at: number }; answer: Answer<UserRow> };
  /** Once; also ends the person's log-ins by cookie. */
  'accept-invitation': {
    request: { tokenHash: string; at: number; passwordHash: string };
    answer: Answer<UserRow>;
  };
  /** `by`: who dismisses. `refused`: oneself, or the last administrator. */
  'dismiss-user': { request: { id: string; successorUserId: string; by: string }; answer: Answer<Dismissal> };
  'close-logins-of-user': { request: { userId: string; except?: string }; answer: undefined };
  'count-administrators': { request: undefined; answer: number };
}
