/** The opening hours of one day as one line of text, which is read while it is typed. */
import { type ReactNode, useId, useState } from 'react';
import type { OpenSpan } from '../../../../../call-router/state/office';
import { useLiveCheck } from '../../../parts/live-check';
import { t } from '../../../text/text';
import { type SpansProblem, spansOf, textOfSpans } from './open-spans';

interface SpansFieldProps {
  /** Of which day: read aloud, and shown where `labelled`. */
  readonly label: string;
  readonly spans: readonly OpenSpan[];
  readonly wrong?: string | undefined;
  readonly onChange: (spans: readonly OpenSpan[]) => void;
  readonly children?: ReactNode;
}

export function SpansField({ label, spans, wrong, onChange }: SpansFieldProps) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const check = useLiveCheck(undefined);
  const problem = problemIn(typed ?? '');
  const note = wrong ?? check.wrong;
  const change = (text: string) => {
    setTyped(text);
    const now = spansOf(text);
    if (now.ok) onChange(now.value);
  };
  return (
    <div className="spans-field">
      <input
        className="input num"
        ref={(input) => input?.setCustomValidity(problem)}
        aria-label={label}
        aria-invalid={note ? true : undefined}
        aria-describedby={note ? id : undefined}
        placeholder={t('hours.closed')}
        autoComplete="off"
        value={typed ?? textOfSpans(spans)}
        onChange={(event) => change(event.target.value)}
        onInput={(event) => {
          // The check that follows must already know.
          event.currentTarget.setCustomValidity(problemIn(event.currentTarget.value));
          check.onInput(event);
        }}
        onBlur={(event) => {
          check.onBlur(event);
          if (problem === '') setTyped(undefined);
        }}
      />
      {note && (
        <p className="field-wrong" id={id}>
          {note}
        </p>
      )}
    </div>
  );
}

function problemIn(typed: string): string {
  const read = spansOf(typed);
  return read.ok ? '' : problemWords(read.problem);
}

function problemWords(problem: SpansProblem): string {
  switch (problem.kind) {
    case 'unreadable':
      return t('hours.unreadable', { text: problem.text });
    case 'no-time':
      return t('hours.no-time', { text: problem.text });
    default:
      return t('hours.no-length', { text: problem.text });
  }
}
