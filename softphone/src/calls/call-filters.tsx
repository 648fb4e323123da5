/** What the list of calls is narrowed to: time, person or group, client, number, how it ended, outcome. It stands in the address of the page. */
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EndCause } from '../../../call-router/values/cause';
import { useOutcomes, useOutgoingNumbers } from '../api/call-notes';
import { useDesk } from '../api/desk';
import { useFeature, useMe } from '../api/me';
import { useOffice } from '../api/office';
import { useColleagues } from '../api/people';
import type { Query } from '../api/request';
import { now } from '../clock';
import { DayField } from '../parts/day-field';
import { FilterSelect, FilterText } from '../parts/filters';
import { periodOf } from '../reports/period';
import { causeWords } from '../text/cause-words';
import { shownNumber } from '../text/phone-number';
import { t } from '../text/text';
import { dayOf, daysBefore } from '../text/zone';

const names = ['from', 'to', 'who', 'client', 'phone', 'numberId', 'direction', 'ended', 'outcomeId'] as const;
type Name = (typeof names)[number];

export interface CallFilter {
  readonly chosen: Readonly<Record<Name, string>>;
  readonly set: (changes: Partial<Record<Name, string>>) => void;
  readonly clear: () => void;
  /** How many are set. */
  readonly count: number;
  /** As the server is asked. */
  readonly query: Query;
}

export function useCallFilter(): CallFilter {
  const [params, setParams] = useSearchParams();
  const chosen = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as CallFilter['chosen']; // each name is there
  const set: CallFilter['set'] = (changes) => {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') next.delete(name);
      else next.set(name, value);
    }
    setParams(next, { replace: true });
  };
  const isSet = names.filter((name) => chosen[name] !== '' && name !== 'to');
  return {
    chosen,
    set,
    clear: () => set(Object.fromEntries(names.map((name) => [name, '']))),
    count: isSet.length,
    query: queryOf(chosen),
  };
}

const ends = ['answered', 'missed', 'voicemail', 'failed'] as const;

function queryOf({ from, to, who, client, phone, numberId, direction, ended, outcomeId }: CallFilter['chosen']): Query {
  const isEnd = ends.some((end) => end === ended);
  const [kind = '', id = ''] = who.split(':');
  return {
    ...(from === '' ? {} : periodOf({ from, to: to === '' ? from : to })),
    ...(kind === 'group' ? { groupId: id } : { userId: id }),
    ...(isEnd ? { outcome: ended } : { cause: ended }),
    client,
    phone,
    numberId,
    direction,
    outcomeId,
  };
}

/** The causes worth asking for; the rest are found under their call. */
const causes: readonly EndCause[] = [
  'caller-hung-up',
  'callee-hung-up',
  'caller-gave-up',
  'no-answer',
  'busy',
  'rejected',
  'unreachable',
  'number-unknown',
  'not-allowed',
  'trunk-failed',
  'audio-lost',
  'interrupted',
];

export function CallFilterBar({ filter }: { readonly filter: CallFilter }) {
  const { chosen, set, clear, count } = filter;
  const hasMailboxes = useFeature('voicemail');
  const outcomes = useOutcomes().data ?? [];
  const numbers = useOutgoingNumbers('', useMe().data?.id !== undefined).data?.items ?? [];
  return (
    <search className="filter-bar" aria-label={t('filter.open')}>
      <Period filter={filter} />
      <WhoSelect value={chosen.who} onChange={(who) => set({ who })} />
      <FilterText label={t('call.client')} value={chosen.client} onChange={(client) => set({ client })} />
      <FilterText label={t('card.phone')} value={chosen.phone} onChange={(phone) => set({ phone })} />
      {numbers.length > 1 && (
        <FilterSelect
          label={t('filter.our-number')}
          value={chosen.numberId}
          options={numbers.map(({ id, number, name }) => ({ value: id, name: name ?? shownNumber(number) }))}
          onChange={(numberId) => set({ numberId })}
        />
      )}
      <FilterSelect
        label={t('call.direction')}
        value={chosen.direction}
        options={(['inbound', 'outbound', 'internal'] as const).map((value) => ({
          value,
          name: t(`direction.${value}`),
        }))}
        onChange={(direction) => set({ direction })}
      />
      <FilterSelect
        label={t('call.end')}
        value={chosen.ended}
        options={[
          ...ends
            .filter((value) => hasMailboxes || value !== 'voicemail')
            .map((value) => ({ value, name: t(`filter-outcome.${value}`) })),
          ...causes.map((value) => ({ value, name: causeWords(value) })),
        ]}
        onChange={(ended) => set({ ended })}
      />
      {outcomes.length > 0 && (
        <FilterSelect
          label={t('call.outcome')}
          value={chosen.outcomeId}
          options={outcomes.map(({ id, name }) => ({ value: id, name }))}
          onChange={(outcomeId) => set({ outcomeId })}
        />
      )}
      {count > 0 && (
        <button type="button" className="link" onClick={clear}>
          {t('filter.clear')}
        </button>
      )}
    </search>
  );
}

const presets = { today: [0, 0], yesterday: [1, 1], week: [6, 0], month: [29, 0] } as const;
type Preset = keyof typeof presets;
const presetNames = ['today', 'yesterday', 'week', 'month'] as const satisfies readonly Preset[];

function Period({ filter: { chosen, set } }: { readonly filter: CallFilter }) {
  const today = dayOf(now());
  const daysOf = (preset: Preset) => ({
    from: daysBefore(today, presets[preset][0]),
    to: daysBefore(today, presets[preset][1]),
  });
  const matching = presetNames.find((preset) => {
    const days = daysOf(preset);
    return days.from === chosen.from && days.to === chosen.to;
  });
  const [isOwn, setOwn] = useState(chosen.from !== '' && matching === undefined);
  const choose = (value: string) => {
    const preset = presetNames.find((name) => name === value);
    setOwn(value === 'own');
    set(preset ? daysOf(preset) : value === 'own' ? daysOf('week') : { from: '', to: '' });
  };
  return (
    <>
      <FilterSelect
        label={t('filter.time')}
        value={isOwn && chosen.from !== '' ? 'own' : (matching ?? '')}
        options={[
          ...presetNames.map((value) => ({ value: value as string, name: t(`filter-time.${value}`) })),
          { value: 'own', name: t('filter-time.own') },
        ]}
        onChange={choose}
      />
      {isOwn && chosen.from !== '' && (
        <>
          <DayField label={t('reports.from')} value={chosen.from} max={chosen.to} onChange={(from) => set({ from })} />
          <DayField label={t('reports.to')} value={chosen.to} min={chosen.from} onChange={(to) => set({ to })} />
        </>
      )}
    </>
  );
}

interface WhoSelectProps {
  readonly value: string;
  readonly onChange: (who: string) => void;
}

/** Those whose calls one may see: everybody, or, for the head of a group, its people. Nothing where it is only oneself. */
function WhoSelect({ value, onChange }: WhoSelectProps) {
  const me = useMe().data;
  const headOf = useDesk().data?.headOf ?? [];
  const groups = useOffice('groups', me?.role === 'administrator').data;
  const colleagues = useColleagues().data ?? [];
  const seesAll = me?.role !== 'operator';
  const people = seesAll
    ? colleagues
    : colleagues.filter(({ id }) => id === me?.id || headOf.some(({ userIds }) => userIds.includes(id)));
  if (!seesAll && people.length < 2) return null;
  return (
    <FilterSelect
      label={t('call.person')}
      value={value}
      options={[
        ...(groups ?? headOf).map(({ id, name }) => ({ value: `group:${id}`, name: t('filter.group', { name }) })),
        ...people.map(({ id, name }) => ({ value: `user:${id}`, name })),
      ]}
      onChange={onChange}
    />
  );
}
