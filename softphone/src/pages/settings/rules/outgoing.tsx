/** Which way calls out take: the first rule that fits says on which trunk and with which number shown, and what comes next if it fails. */
import type { OutgoingRule } from '../../../../../call-router/state/office';
import { calendarIdOf, groupIdOf, numberIdOf, trunkIdOf, userIdOf } from '../../../../../call-router/values/ids';
import { useNumbers, useTrunks } from '../../../api/settings';
import { Button, IconButton } from '../../../parts/button';
import { TextField } from '../../../parts/field';
import { linesIn } from '../../../parts/form';
import { shownNumber } from '../../../text/phone-number';
import { t } from '../../../text/text';
import { NameField } from '../name-field';
import { type DialogParts, ObjectDialog } from '../object-page';
import { GroupsField, HoursField, PeopleField, useFitWords, useNumberOptions } from './rule-fields';
import { RulePage } from './rule-page';

type Fields = Omit<OutgoingRule, 'id' | 'position'>;
type Way = OutgoingRule['ways'][number];

const newRule = (trunkId: string | undefined): Fields => ({
  name: '',
  prefixes: [],
  userIds: [],
  groupIds: [],
  ways: trunkId === undefined ? [] : [{ trunkId: trunkIdOf(trunkId) }],
});

export default function OutgoingRules() {
  const trunks = useTrunks().data ?? [];
  const numbers = useNumbers().data ?? [];
  const fitWords = useFitWords();
  const wayWords = ({ trunkId, numberId }: Way) => {
    const number = numbers.find(({ id }) => id === numberId)?.number;
    const trunk = trunks.find(({ id }) => id === trunkId)?.name ?? t('many.gone');
    return number === undefined ? trunk : t('outgoing.way', { trunk, number: shownNumber(number) });
  };
  return (
    <RulePage
      kind="outgoing-rules"
      words={{
        title: t('settings.calling-out'),
        why: t('outgoing.why'),
        add: t('rules.new'),
        none: t('outgoing.none'),
        noneWhy: t('outgoing.none-why'),
        removeWhy: t('outgoing.remove-why'),
      }}
      heads={[t('rules.fits'), t('outgoing.ways')]}
      fits={(rule) => fitWords({ ...rule, words: rule.prefixes }, t('rules.all-calls'))}
      does={({ ways }) => (ways.length === 0 ? t('outgoing.refused') : ways.map(wayWords).join(' → '))}
      dialog={(rule, onClose) => (
        <ObjectDialog<Fields>
          kind="outgoing-rules"
          id={rule?.id}
          saved={rule ?? newRule(trunks[0]?.id)}
          title={rule?.name ?? t('rules.new')}
          width="wide"
          onClose={onClose}
        >
          {(parts) => <OutgoingFields {...parts} />}
        </ObjectDialog>
      )}
    />
  );
}

const prefixPattern = /^\+?[0-9*#]{1,15}$/;

function OutgoingFields({ draft, change, wrong }: DialogParts<Fields>) {
  const unreadable = draft.prefixes.find((prefix) => !prefixPattern.test(prefix));
  return (
    <>
      <div className="form-columns">
        <NameField name={draft.name} example={t('outgoing.example')} wrong={wrong} onChange={change} />
        <HoursField
          value={draft.calendarId}
          wrong={wrong('calendarId')}
          onChange={(id) => change({ calendarId: id === undefined ? undefined : calendarIdOf(id) })}
        />
        <TextField
          label={t('outgoing.prefixes')}
          rows={3}
          className="input num"
          defaultValue={draft.prefixes.join('\n')}
          placeholder={t('outgoing.every-number')}
          hint={t('outgoing.prefixes-rule')}
          wrong={unreadable === undefined ? wrong('prefixes') : t('outgoing.no-prefix', { text: unreadable })}
          onChange={(event) => change({ prefixes: prefixesOf(event.target.value) })}
        />
        <div className="form-stack">
          <PeopleField
            chosen={draft.userIds}
            wrong={wrong('userIds')}
            onChange={(ids) => change({ userIds: ids.map(userIdOf) })}
          />
          <GroupsField
            chosen={draft.groupIds}
            wrong={wrong('groupIds')}
            onChange={(ids) => change({ groupIds: ids.map(groupIdOf) })}
          />
        </div>
      </div>
      <Ways ways={draft.ways} wrong={wrong('ways')} onChange={(ways) => change({ ways })} />
    </>
  );
}

/** Written with spaces between the digits they mean the same. */
const prefixesOf = (typed: string): readonly string[] => linesIn(typed).map((line) => line.replaceAll(/[\s()-]/g, ''));

interface WaysProps {
  readonly ways: readonly Way[];
  readonly wrong: string | undefined;
  readonly onChange: (ways: readonly Way[]) => void;
}

function Ways({ ways, wrong, onChange }: WaysProps) {
  const trunks = useTrunks().data ?? [];
  const put = (place: number, way: Way) => onChange(ways.map((each, at) => (at === place ? way : each)));
  const [first] = trunks;
  return (
    <fieldset className="field ways">
      <legend>{t('outgoing.ways')}</legend>
      <p className="field-hint">{t(ways.length === 0 ? 'outgoing.no-way' : 'outgoing.ways-rule')}</p>
      {ways.map((way, place) => (
        <div key={place} className="way-line">
          <span className="num dim">{place + 1}</span>
          <WayFields way={way} onChange={(next) => put(place, next)} />
          <IconButton
            icon="up"
            label={t('outgoing.up', { place: place + 1 })}
            disabled={place === 0}
            onClick={() =>
              onChange([...ways.slice(0, place - 1), way, ...ways.slice(place - 1).filter((each) => each !== way)])
            }
          />
          <IconButton
            icon="bin"
            label={t('outgoing.remove', { place: place + 1 })}
            onClick={() => onChange(ways.filter((each) => each !== way))}
          />
        </div>
      ))}
      {wrong && <p className="field-wrong">{wrong}</p>}
      {first && (
        <Button look="quiet" icon="plus" onClick={() => onChange([...ways, { trunkId: trunkIdOf(first.id) }])}>
          {t('outgoing.add-way')}
        </Button>
      )}
    </fieldset>
  );
}

function WayFields({ way, onChange }: { readonly way: Way; readonly onChange: (way: Way) => void }) {
  const trunks = useTrunks().data ?? [];
  const numbers = useNumberOptions();
  return (
    <>
      <select
        className="input select"
        aria-label={t('route.trunk')}
        value={way.trunkId}
        onChange={(event) => onChange({ ...way, trunkId: trunkIdOf(event.target.value) })}
      >
        {trunks.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        className="input select"
        aria-label={t('outgoing.shows')}
        value={way.numberId ?? ''}
        onChange={({ target: { value } }) =>
          onChange({ trunkId: way.trunkId, ...(value === '' ? {} : { numberId: numberIdOf(value) }) })
        }
      >
        <option value="">{t('outgoing.shows-own')}</option>
        {numbers.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </>
  );
}
