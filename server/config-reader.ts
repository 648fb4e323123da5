/**
 * Reads keys of the environment one by one and collects what is wrong with them, so that all mistakes are told at once.
 * A secret may come from the file that its key with `_FILE` behind it names. Only server/config.ts uses this.
 */
import { readFileSync } from 'node:fs';
import type { Result } from '../call-router/values/result';

/** A wrong value. `why` is to be read after the key's name and never repeats a secret. */
export interface Mistake {
  readonly key: string;
  readonly why: string;
}

export type Environment = Record<string, string | undefined>;

export const secretKeys = [
  'TRUNKLINE_DATABASE_URL',
  'TRUNKLINE_DRACHTIO_SECRET',
  'TRUNKLINE_ADMIN_PASSWORD',
  'TRUNKLINE_API_TOKEN',
] as const;
const plainKeys = [
  'TRUNKLINE_DATA',
  'TRUNKLINE_HTTP',
  'TRUNKLINE_HTTPS',
  'TRUNKLINE_TLS_CERT',
  'TRUNKLINE_TLS_KEY',
  'TRUNKLINE_SIP',
  'TRUNKLINE_RTP_PORTS',
  'TRUNKLINE_WEBRTC',
  'TRUNKLINE_PUBLIC_ADDRESS',
  'TRUNKLINE_LOCAL_NETWORKS',
  'TRUNKLINE_DRACHTIO',
  'TRUNKLINE_KEY_FILE',
  'TRUNKLINE_COUNTRY',
  'TRUNKLINE_LOG',
  'TRUNKLINE_BROWSER_FFMPEG',
  'TRUNKLINE_PUSH_SERVICES',
] as const;
type SecretKey = (typeof secretKeys)[number];
type Key = SecretKey | (typeof plainKeys)[number];

/** Collects mistakes while values are read; a wrong one yields its default, which is then never used. */
export class Reader {
  readonly mistakes: Mistake[] = [];
  private readonly environment: Environment;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  text(key: Key): string | undefined {
    const given = this.environment[key]?.trim() || undefined;
    const isSecret = secretKeys.some((secret) => secret === key);
    const file = isSecret ? this.environment[`${key}_FILE`]?.trim() || undefined : undefined;
    if (file === undefined) return given;
    if (given !== undefined) this.mistake(key, `is given twice: by itself and by ${key}_FILE`);
    try {
      return readFileSync(file, 'utf8').trim() || undefined;
    } catch {
      this.mistake(`${key}_FILE`, `names a file that cannot be read: ${file}`);
      return undefined;
    }
  }

  value<Value>(key: Key, byDefault: string, read: (text: string) => Result<Value, string>): Value {
    const result = this.optional(key, read);
    if (result !== undefined) return result;
    const fallback = read(byDefault);
    if (!fallback.ok) throw new Error(`the default of ${key} is wrong`);
    return fallback.value;
  }

  optional<Value>(key: Key, read: (text: string) => Result<Value, string>): Value | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    const result = read(text);
    if (result.ok) return result.value;
    this.mistake(key, result.problem);
    return undefined;
  }

  oneOf<Name extends string>(key: Key, names: readonly Name[], byDefault: Name): Name {
    const text = this.text(key)?.toLowerCase();
    if (text === undefined) return byDefault;
    const found = names.find((name) => name === text);
    if (found === undefined) this.mistake(key, `must be one of ${names.join(', ')}`);
    return found ?? byDefault;
  }

  secretOfLength(key: SecretKey, lengthMin: number): string | undefined {
    const text = this.text(key);
    if (text === undefined) return undefined;
    if (text.length < lengthMin) this.mistake(key, `must have at least ${lengthMin} characters`);
    return text;
  }

  /** A misspelt key would otherwise be passed over in silence. */
  refuseUnknownKeys(): void {
    const known = new Set<string>([...plainKeys, ...secretKeys, ...secretKeys.map((key) => `${key}_FILE`)]);
    for (const key of Object.keys(this.environment)) {
      if (key.startsWith('TRUNKLINE_') && !known.has(key)) this.mistake(key, 'is no key of ours');
    }
  }

  mistake(key: string, why: string): void {
    this.mistakes.push({ key, why });
  }
}
