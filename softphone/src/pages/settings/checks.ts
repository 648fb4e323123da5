/** What is wrong with a value while it is typed, in words; undefined: nothing. The server checks again when it is saved. */
import { t } from '../../text/text';

const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const ipv6 = /^[0-9a-f:]*:[0-9a-f:.]*$/i;
const hostName = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.?$/i;

/** A host name or an address, and nothing around it. */
export function wrongHost(typed: string): string | undefined {
  const host = typed.trim();
  if (/^(?:sips?|https?):/i.test(host)) return t('check.host-scheme');
  if (/^[^:]+:\d+$/.test(host)) return t('check.host-port');
  if (host.includes('@')) return t('check.host-user');
  if (/^[\d.]+$/.test(host)) return ipv4.test(host) ? undefined : t('check.host-address');
  return hostName.test(host) || ipv6.test(host) ? undefined : t('check.host-name');
}

/** An address, or a range of them with its prefix length. */
export function wrongAddress(text: string): string | undefined {
  const [address = '', bits, ...more] = text.split('/');
  const most = ipv4.test(address) ? 32 : ipv6.test(address) ? 128 : undefined;
  if (most === undefined || more.length > 0) return t('check.address', { text });
  if (bits === undefined) return undefined;
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return t('check.range', { text, most });
  return Number(bits) < 8 ? t('check.range-wide', { text }) : undefined;
}

/** A number of ours: in any form a person writes it, digits of the office PBX, a range or everything on a trunk. */
export function wrongOwnNumber(typed: string): string | undefined {
  const text = typed.replaceAll(/[\s()./-]/g, '');
  if (text === '*') return undefined;
  if (!/^\+?[0-9]*\*?$/.test(text)) return /\*./.test(text) ? t('check.number-star') : t('check.number-signs');
  const digits = text.replaceAll(/\D/g, '');
  if (digits.length > 15) return t('check.number-long');
  return digits.length < 2 ? t('check.number-short') : undefined;
}

/** 2 to 6 digits, the first 1 to 9. */
export function wrongExtension(typed: string): string | undefined {
  if (!/^\d*$/.test(typed)) return t('check.extension-digits');
  if (typed.startsWith('0')) return t('check.extension-zero');
  return typed.length >= 2 && typed.length <= 6 ? undefined : t('check.extension-length');
}

/** As the server takes it: letters, digits and . _ @ + - */
export function wrongLogin(typed: string): string | undefined {
  if (/\s/.test(typed.trim())) return t('check.login-space');
  return /^[\p{L}\p{N}._@+-]+$/u.test(typed.trim()) ? undefined : t('people.login-rule');
}

export const wrongPin = (typed: string): string | undefined => (/^\d{4,8}$/.test(typed) ? undefined : t('check.pin'));
