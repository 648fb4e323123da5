/** One feature code in the table: what it does, what is dialled for it now, and what is usual. */
import { useId, useState } from 'react';
import { useLiveCheck } from '../../../parts/live-check';
import { t } from '../../../text/text';

interface CodeRowProps {
  readonly name: string;
  readonly why: string;
  readonly typed: string;
  readonly usual: string;
  readonly pattern: string;
  readonly hint: string;
  readonly wrong: string | undefined;
  readonly onChange: (typed: string) => void;
}

export function CodeRow({ name, why, typed, usual, pattern, hint, wrong, onChange }: CodeRowProps) {
  const id = useId();
  const check = useLiveCheck(hint);
  // While it is typed a space at its end must stay.
  const [kept, keep] = useState<string>();
  const note = wrong ?? check.wrong;
  return (
    <tr>
      <th scope="row">
        {name}
        <span className="field-hint"> {why}</span>
      </th>
      <td>
        <input
          className="input num"
          aria-label={name}
          aria-invalid={note ? true : undefined}
          aria-describedby={note ? id : undefined}
          pattern={pattern}
          placeholder={t('codes.off')}
          value={kept ?? typed}
          onInput={check.onInput}
          onBlur={(event) => {
            check.onBlur(event);
            keep(undefined);
          }}
          onChange={(event) => {
            keep(event.target.value);
            onChange(event.target.value);
          }}
        />
        {note && (
          <p className="field-wrong" id={id}>
            {note}
          </p>
        )}
      </td>
      <td className="num dim">{typed === usual ? '' : t('codes.usual', { usual })}</td>
    </tr>
  );
}
