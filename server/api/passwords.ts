/**
 * Passwords: argon2id hashes (RFC 9106; 19 MiB, two passes, the OWASP minimum), a limit on checks at once, and the same
 * work for a name nobody has as for a wrong password. And what else is random: tokens and the passwords of devices.
 */
import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import type { ApiLimits } from '../limits';
import { ProblemError } from './problems';

// The library's Algorithm is a const enum, which cannot be imported under isolatedModules; 2 is Argon2id.
const argon2id = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** A hash of random bytes nobody has seen: what a log-in name that does not exist is checked against. */
let hashOfNobody: string | undefined;

export interface Passwords {
  readonly hash: (password: string) => Promise<string>;
  /** Without a hash it works as long and answers false. */
  readonly matches: (password: string, passwordHash: string | undefined) => Promise<boolean>;
}

/** At most `passwordChecksMax` at once; beyond the queue it throws `overloaded`. */
export function openPasswords(limits: ApiLimits): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];
  const inTurn = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (running >= limits.passwordChecksMax) {
      if (waiting.length >= limits.passwordChecksWaitingMax) throw new ProblemError('overloaded', { retryAfterS: 2 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
  return {
    hash: (password) => inTurn(() => hashPassword(password)),
    matches: (password, passwordHash) =>
      inTurn(async () => {
        hashOfNobody ??= await hashPassword(randomBytes(32).toString('hex'));
        const isRight = await verify(passwordHash ?? hashOfNobody, password);
        return isRight && passwordHash !== undefined;
      }),
  };
}

export function hashPassword(password: string): Promise<string> {
  return hash(password, argon2id);
}

/** 256 random bits: a log-in's cookie or a token for automation. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token; it is long and random, so a fast hash is enough. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** In a time that does not depend on where they differ. */
export function isSameSecret(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** Easy to type on a desk phone: no letters that look alike. 20 of 54 signs are 115 bits. */
export function randomPassword(length = 20): string {
  const signs = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ234567';
  return Array.from({ length }, () => signs[randomInt(signs.length)]).join('');
}

/** Stored instead of a device's password (RFC 3261 section 22, RFC 8760): user, realm and password in one digest. */
export function ha1Of(algorithm: 'md5' | 'sha256', { username, realm, password }: DigestSecret): string {
  return createHash(algorithm).update(`${username}:${realm}:${password}`).digest('hex');
}

export interface DigestSecret {
  readonly username: string;
  readonly realm: string;
  readonly password: string;
}
