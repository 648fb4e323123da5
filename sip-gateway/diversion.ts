/**
 * Who passed a call on before it came here, and telling the next one that we did: Diversion (RFC 5806), the older and most
 * used, and History-Info (RFC 7044, with the privacy of RFC 3323). Pure.
 */
import type { ShownCaller } from '../call-router/effect';
import { userPartOf } from '../call-router/values/number';
import {
  escapedUser,
  type Headers,
  type NameAddr,
  parseNameAddr,
  parseUri,
  quoted,
  splitOutside,
} from './header-values';
import { headerOf } from './srf-message';

interface Message {
  readonly headers: Readonly<Record<string, string>>;
}

const entriesMax = 10;

/** User parts, the latest first. What is anonymous names nobody. */
export function divertedFrom(message: Message): readonly string[] {
  const diversion = entriesOf(headerOf(message, 'diversion'));
  const diverting = diversion.length > 0 ? diversion : historyOf(headerOf(message, 'history-info'));
  const users = diverting.map(({ uri }) => userOf(uri)).filter((user) => user !== '');
  return users.filter((user, at) => user !== users[at - 1]);
}

function entriesOf(field: string | undefined): readonly NameAddr[] {
  if (field === undefined) return [];
  return splitOutside(field, ',')
    .slice(0, entriesMax)
    .map(parseNameAddr)
    .filter((entry) => entry !== undefined);
}

/** The parameters and headers of the URI are not the user's. Anonymous: nobody. */
function userOf(uri: string): string {
  const bare = uri.split('?', 1)[0] ?? '';
  const parsed = parseUri(bare);
  if (parsed === undefined || parsed.host === 'anonymous.invalid' || parsed.user.toLowerCase() === 'anonymous')
    return '';
  return userPartOf(`${parsed.user}@`).slice(0, 64);
}

/**
 * The entries from which the call was sent on to somebody else: those that a later one names by `mp` (section 5), or, written by
 * older senders, those with a Reason in their URI. A mapping to a contact of the same person (`rc`, `np`) passes nothing on.
 */
function historyOf(field: string | undefined): readonly NameAddr[] {
  const entries = entriesOf(field);
  const passedOn = new Set(entries.flatMap(({ params }) => params.get('mp') ?? []));
  const isDiverting =
    passedOn.size > 0
      ? ({ params }: NameAddr) => passedOn.has(params.get('index') ?? '')
      : ({ uri }: NameAddr) => /[?&]reason=/i.test(uri);
  return entries.filter(isDiverting).toReversed();
}

/** What we write of who passed a call on: `number` as the far end writes numbers. */
export interface Diverting {
  readonly by: ShownCaller;
  readonly number: string;
  readonly called: string;
  readonly host: string;
}

/** A hidden number goes along marked: the provider needs to know whose line pays, and may tell nobody. */
export function diversionFields({ by, number, called, host }: Diverting): Headers {
  if (!/^[+*#]?\d{2,20}$/.test(number)) return {};
  const uri = `sip:${escapedUser(number)}@${host}`;
  const name = by.displayName === undefined || by.withheld ? '' : `${quoted(by.displayName.slice(0, 64))} `;
  const hidden = by.withheld ? ';privacy=full' : ';privacy=off';
  const history = by.withheld ? '?Privacy=history' : '';
  return {
    Diversion: `${name}<${uri}>;reason=unknown;counter=1${hidden}`,
    'History-Info': `<${uri}${history}>;index=1, <sip:${escapedUser(called)}@${host}>;index=1.1;mp=1`,
  };
}
