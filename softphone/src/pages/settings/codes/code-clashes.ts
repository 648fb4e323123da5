/** A clash of codes as far as the page knows the office, in words, and the field at which it is said. Pure. */
import { type Clash, codeClash } from '../../../../../call-router/features/code-clash';
import type { FeatureCodes } from '../../../../../call-router/state/feature-code';
import { newParking } from '../../../../../call-router/state/new-office';
import type { Calendar, Parking } from '../../../../../call-router/state/office';
import { userIdOf } from '../../../../../call-router/values/ids';
import type { User } from '../../../../../server/api/messages';
import { t } from '../../../text/text';

export interface KnownOffice {
  readonly calendars: readonly Calendar[];
  readonly people: readonly User[];
  readonly parking: Parking | undefined;
}

export interface ClashAt {
  /** `dialled.echo`, `inCall.park`. */
  readonly field: string;
  readonly words: string;
}

/** Not asked here: the short numbers of the country and our own numbers. The server refuses those. */
export function clashOf(codes: FeatureCodes, { calendars, people, parking }: KnownOffice): ClashAt | undefined {
  const users = people.map(({ id, name, extension }) => ({
    id: userIdOf(id),
    name,
    rights: [],
    ...(extension === undefined ? {} : { extension }),
  }));
  const clash = codeClash(codes, {
    country: '',
    trunks: new Map(),
    numbers: [],
    users: new Map(users.map((user) => [user.id, user])),
    calendars: new Map(calendars.map((calendar) => [calendar.id, calendar])),
    parking: parking ?? newParking,
  });
  return clash && { field: fieldOf(clash), words: wordsOf(clash, { calendars, people }) };
}

function fieldOf({ code }: Clash): string {
  if (typeof code !== 'string') return 'dialled';
  return isInCall(code) ? `inCall.${code}` : `dialled.${code}`;
}

function wordsOf({ value, with: other }: Clash, known: Pick<KnownOffice, 'calendars' | 'people'>): string {
  switch (other.kind) {
    case 'extension': {
      const name = known.people.find(({ id }) => id === other.user)?.name ?? '';
      return t('clash.extension', { value, name });
    }
    case 'calendar': {
      const name = known.calendars.find(({ id }) => id === other.calendar)?.name ?? '';
      return t('clash.calendar', { value, name });
    }
    case 'code':
      return t('clash.code', { value, name: t(isInCall(other.code) ? `in-call.${other.code}` : `code.${other.code}`) });
    case 'emergency-number':
    case 'short-number':
      return t('clash.short-number', { value });
    case 'parking-slot':
      return t('clash.parking-slot', { value });
    case 'own-number':
      return t('clash.own-number', { value });
    default:
      return t('clash.its-form', { value });
  }
}

type AnyCode = Extract<Clash['with'], { readonly kind: 'code' }>['code'];
type InCall = keyof FeatureCodes['inCall'];
const inCallNames: ReadonlySet<string> = new Set<InCall>(['back', 'recording', 'conference', 'park']);
const isInCall = (code: AnyCode): code is InCall => inCallNames.has(code);
