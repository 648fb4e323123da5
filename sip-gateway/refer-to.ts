/**
 * Reads a Refer-To (RFC 3515 section 2.1): whom the far end is to talk to, and the dialog it should take the place of,
 * if the URI carries a Replaces (RFC 3891 section 6.1, RFC 3261 section 19.1.1 for headers in a URI). Pure.
 */
import { userPartOf } from '../call-router/values/number';
import { parseNameAddr, parseUri, splitOutside } from './header-values';
import { parseReplaces, type ReplacedDialog } from './replaces';

export interface ReferTarget {
  /** User part, decoded. Empty where only the dialog is named: our Contact has no user. */
  readonly user: string;
  readonly replaces?: ReplacedDialog;
}

/** The status that refuses it: 400 unreadable or not exactly one, 416 a scheme nobody can be called by. */
export type ReferToProblem = 400 | 416;

export function parseReferTo(header: string): ReferTarget | ReferToProblem {
  const values = splitOutside(header, ',');
  const written = values.length === 1 ? parseNameAddr(values[0] ?? '')?.uri : undefined;
  if (written === undefined) return 400;
  const question = written.indexOf('?');
  const bare = question === -1 ? written : written.slice(0, question);
  const uri = parseUri(bare);
  if (uri === undefined) return /^(?!sips?:|tel:)[a-z][a-z0-9+.-]*:/i.test(bare) ? 416 : 400;
  // Another method than INVITE would have us do something else than call.
  if (!/^(?:INVITE)?$/.test(uri.params.get('method') ?? '')) return 400;
  const replaces = question === -1 ? undefined : replacesIn(written.slice(question + 1));
  const user = userPartOf(`${uri.user}@`);
  if (replaces === 400 || (user === '' && replaces === undefined)) return 400;
  return replaces === undefined ? { user } : { user, replaces };
}

/** The Replaces among the headers of a URI; the others are not ours to send. */
function replacesIn(headers: string): ReplacedDialog | undefined | 400 {
  const values = headers
    .split('&')
    .filter((field) => /^replaces=/i.test(field))
    .map((field) => decodedOf(field.slice(field.indexOf('=') + 1)));
  if (values.length === 0) return undefined;
  const [value] = values;
  return values.length > 1 || value === undefined ? 400 : parseReplaces(value);
}

function decodedOf(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
