/** Whom to call: a number as it is typed, or a colleague or client found by name. A combobox with a list box (WAI-ARIA APG). */
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import type { PresenceState } from '../../../call-router/features/presence';
import type { Presence } from '../../../server/api/desk-messages';
import { useSearch } from '../api/cards';
import { usePresence } from '../api/desk-news';
import { useMe } from '../api/me';
import { useStaff } from '../api/people';
import { shownPhone } from '../text/phone-number';
import { t } from '../text/text';
import { PresenceMark } from './presence-mark';

interface TargetFieldProps {
  readonly label: string;
  /** The number to dial, or what was typed so far. */
  readonly typed: string;
  readonly onType: (typed: string) => void;
}

interface Target {
  readonly key: string;
  readonly name: string;
  readonly number: string;
  readonly shown: string;
  /** Of a colleague. */
  readonly presence?: PresenceState;
}

const colleaguesMax = 8;
const clientsMax = 5;

export function TargetField({ label, typed, onType }: TargetFieldProps) {
  const id = useId();
  const [picked, setPicked] = useState<Target>();
  const [place, setPlace] = useState(0);
  const targets = useTargets(picked ? undefined : typed);
  const pick = (target: Target) => {
    setPicked(target);
    onType(target.number);
  };
  const change = (text: string) => {
    setPicked(undefined);
    setPlace(0);
    onType(text.trim());
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const target = targets[place];
    const isNumber = /^[+*#\d\s().-]+$/.test(typed);
    if (step !== 0) setPlace(Math.max(0, Math.min(place + step, targets.length - 1)));
    else if (event.key === 'Enter' && target !== undefined && (!isNumber || place > 0)) pick(target);
    else return;
    event.preventDefault();
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        role="combobox"
        aria-expanded={targets.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={targets[place] ? `${id}-${place}` : undefined}
        autoComplete="off"
        autoFocus
        placeholder={t('search.placeholder')}
        value={picked ? `${picked.name}, ${picked.shown}` : typed}
        onChange={(event) => change(event.target.value)}
        onKeyDown={press}
      />
      <Targets id={id} label={label} targets={targets} place={place} onPick={pick} />
    </div>
  );
}

interface TargetsProps {
  readonly id: string;
  readonly label: string;
  readonly targets: readonly Target[];
  readonly place: number;
  readonly onPick: (target: Target) => void;
}

function Targets({ id, label, targets, place, onPick }: TargetsProps) {
  return (
    <div id={`${id}-list`} role="listbox" aria-label={label} className="target-list">
      {targets.map((target, at) => (
        <div
          key={target.key}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === place}
          className="hit"
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(target);
          }}
        >
          <PresenceMark presence={target.presence} />
          <span className="hit-name">{target.name}</span>
          <span className="hit-phone num">{target.shown}</span>
        </div>
      ))}
    </div>
  );
}

const presenceOf = (told: Presence | undefined): Pick<Target, 'presence'> =>
  told === undefined ? {} : { presence: told.state };

/** Colleagues first; all of them while nothing is typed. `undefined`: one is chosen. */
function useTargets(typed: string | undefined): readonly Target[] {
  const text = useDeferredValue(typed ?? '').toLocaleLowerCase();
  const me = useMe().data;
  const colleagues = useStaff().data ?? [];
  const presence = usePresence();
  const clients = useSearch(typed === undefined ? '' : text).data?.items ?? [];
  if (typed === undefined) return [];
  const ours = colleagues.flatMap(({ id, name, extension }) =>
    extension !== undefined && id !== me?.id && `${name} ${extension}`.toLocaleLowerCase().includes(text)
      ? [{ key: id, name, number: extension, shown: extension, ...presenceOf(presence.get(id)) }]
      : [],
  );
  const theirs = clients.flatMap(({ id, name, phones }) =>
    phones.slice(0, 1).map((phone) => ({ key: id, name, number: phone.e164 ?? phone.typed, shown: shownPhone(phone) })),
  );
  return [...ours.slice(0, colleaguesMax), ...(text.length >= 2 ? theirs.slice(0, clientsMax) : [])];
}
