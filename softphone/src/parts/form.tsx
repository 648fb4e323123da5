/** A form in a dialog or on a page: the fields, what was refused, and its buttons. */
import type { FormEvent, ReactNode } from 'react';
import { t } from '../text/text';
import { Button } from './button';
import { FormProblem } from './states';

interface FormProps {
  readonly onSubmit: (fields: FormData) => void;
  readonly submit: string;
  readonly busy: boolean;
  readonly error?: unknown;
  readonly onCancel?: (() => void) | undefined;
  readonly children: ReactNode;
}

export function Form({ onSubmit, submit, busy, error, onCancel, children }: FormProps) {
  const sent = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A dialog of a form stands outside it in the page, but not for React, which would send the form around it too.
    event.stopPropagation();
    if (!busy) onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form className="form" onSubmit={sent}>
      <div className="form-fields">{children}</div>
      <FormProblem error={error} />
      <div className="form-buttons">
        {onCancel && <Button onClick={onCancel}>{t('action.cancel')}</Button>}
        <Button type="submit" look="main" busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

/** The text of a field as it was typed, for instance of a password; empty if it is not there. */
export function rawTextOf(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
}

/** The trimmed text of a field; undefined if it is empty or not there. */
export function textOf(fields: FormData, name: string): string | undefined {
  const text = rawTextOf(fields, name).trim();
  return text === '' ? undefined : text;
}

/** The trimmed texts of all fields of this name, for instance of the ticked boxes. */
export const textsOf = (fields: FormData, name: string): readonly string[] =>
  fields.getAll(name).map((value) => (typeof value === 'string' ? value.trim() : ''));

/** The same for a change: an emptied field is removed by `null`. */
export const textOrNull = (fields: FormData, name: string): string | null => textOf(fields, name) ?? null;

/** Of a field that is not sent but kept: undefined if it is empty. */
export const textOrGap = (text: string): string | undefined => (text === '' ? undefined : text);

/** Leaves out what is undefined, as the API wants it. */
export function withoutGaps(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What stands on lines of their own or between commas, trimmed, without what is empty. */
export const linesIn = (typed: string): readonly string[] =>
  typed
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The lines of a text field, trimmed, without empty ones. */
export function linesOf(fields: FormData, name: string): readonly string[] {
  return linesIn(textOf(fields, name) ?? '');
}
