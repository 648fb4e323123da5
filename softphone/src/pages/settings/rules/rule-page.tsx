/** A settings page of rules that are tried one after the other: their order, a dialog for each, and buttons that move and remove. */
import { type ReactNode, useState } from 'react';
import { type OfficeRows, useOffice, useOrderRules, useRemoveOffice } from '../../../api/office';
import { problemWords } from '../../../api/problem';
import { notify } from '../../../frame/notices';
import { Button, IconButton } from '../../../parts/button';
import { RemoveButton } from '../../../parts/remove-button';
import { Table } from '../../../parts/table';
import { t } from '../../../text/text';
import type { PageWords } from '../object-page';
import { SettingsHead } from '../settings-head';

export type RuleKind = 'outgoing-rules' | 'recording-rules' | 'lead-rules';

interface RulePageProps<Kind extends RuleKind> {
  readonly kind: Kind;
  readonly words: PageWords;
  /** Of the columns that say for which calls it is, and what it does. */
  readonly heads: readonly [string, string];
  readonly fits: (rule: OfficeRows[Kind]) => string;
  readonly does: (rule: OfficeRows[Kind]) => ReactNode;
  readonly dialog: (rule: OfficeRows[Kind] | undefined, onClose: () => void) => ReactNode;
}

export function RulePage<Kind extends RuleKind>({ kind, words, heads, fits, does, dialog }: RulePageProps<Kind>) {
  const rules = useOffice(kind);
  const remove = useRemoveOffice(kind);
  const [edited, setEdited] = useState<OfficeRows[Kind] | 'new'>();
  return (
    <>
      <SettingsHead title={words.title} why={words.why}>
        <Button look="main" icon="plus" onClick={() => setEdited('new')}>
          {words.add}
        </Button>
      </SettingsHead>
      <Table
        label={words.title}
        query={rules}
        heads={[t('rules.place'), t('card.name'), ...heads, '']}
        empty={words.none}
        emptyWhy={words.noneWhy}
        row={(rule) => (
          <tr key={rule.id}>
            <td className="num dim">{(rules.data?.indexOf(rule) ?? 0) + 1}</td>
            <td>
              <button type="button" className="link" onClick={() => setEdited(rule)}>
                {rule.name}
              </button>
            </td>
            <td className="table-wide">{fits(rule)}</td>
            <td>{does(rule)}</td>
            <td className="table-action">
              <span className="row-buttons">
                <MoveButtons kind={kind} rules={rules.data ?? []} rule={rule} />
                <RemoveButton name={rule.name} text={words.removeWhy} remove={remove} id={rule.id} />
              </span>
            </td>
          </tr>
        )}
      />
      {edited && dialog(edited === 'new' ? undefined : edited, () => setEdited(undefined))}
    </>
  );
}

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly position: number;
}
interface MoveButtonsProps {
  readonly kind: RuleKind;
  readonly rules: readonly Rule[];
  readonly rule: Rule;
}

function MoveButtons({ kind, rules, rule }: MoveButtonsProps) {
  const order = useOrderRules(kind);
  const place = rules.indexOf(rule);
  const move = (by: -1 | 1) => {
    const next = rules.filter((each) => each !== rule);
    next.splice(place + by, 0, rule);
    order.mutate(next, { onError: (error) => notify('failed', problemWords(error)) });
  };
  return (
    <>
      <IconButton
        icon="up"
        label={t('action.move-up', { name: rule.name })}
        disabled={place === 0 || order.isPending}
        onClick={() => move(-1)}
      />
      <IconButton
        icon="down"
        label={t('action.move-down', { name: rule.name })}
        disabled={place === rules.length - 1 || order.isPending}
        onClick={() => move(1)}
      />
    </>
  );
}
