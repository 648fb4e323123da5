/**
 * Which addresses are push services (RFC 8030). A browser names the address at which it takes messages, and the service sends a
 * request there: without this list anybody who is logged in could make it ask any machine of the office's network.
 */

/** The makers of browsers: Chrome and its kin, Firefox, Safari, Edge. A leading dot: any name below it. */
const known: readonly string[] = [
  'fcm.googleapis.com',
  '.push.services.mozilla.com',
  '.push.apple.com',
  '.notify.windows.com',
];

/** @param further origins like `https://push.example` that an administrator trusts (TRUNKLINE_PUSH_SERVICES). */
export function isPushService(endpoint: string, further: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const url = new URL(endpoint);
  if (url.username !== '' || url.password !== '') return false;
  if (further.includes(url.origin)) return true;
  const isStandard = url.protocol === 'https:' && url.port === '';
  return (
    isStandard && known.some((name) => (name.startsWith('.') ? url.hostname.endsWith(name) : url.hostname === name))
  );
}
