/** A settings page of rules that are tried one after the other: their order, a dialog for each, and buttons that move and remove. */
import type { ReactNode } from 'react';
import { type OfficeRows, useOrderRules } from '../../../api/office';
import { problemWords } from '../../../api/problem';
import { notify } from '../../../frame/notices';
import { IconButton } from '../../../parts/button';
import { t } from '../../../text/text';
import { ObjectPage, type PageWords } from '../object-page';

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
  return (
    <ObjectPage
      kind={kind}
      words={words}
      heads={heads}
      cells={(rule) => (
        <>
          <td className="table-wide">{fits(rule)}</td>
          <td>{does(rule)}</td>
        </>
      )}
      move={(rule, rules) => <MoveButtons kind={kind} rules={rules} rule={rule} />}
      dialog={dialog}
    />
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
