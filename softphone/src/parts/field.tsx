/** A labelled input with its hint and what is wrong with it, tied together for screen readers. What is typed is checked at once. */
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react';
import { type Check, useLiveCheck } from './live-check';

interface Around {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly wrong?: string | undefined;
}

interface Checked {
  /** What is wrong with what is typed; undefined: nothing. */
  readonly check?: Check;
}
type InputFieldProps = Around & Checked & InputHTMLAttributes<HTMLInputElement>;

export function InputField({ label, hint, wrong, check: own, ...input }: InputFieldProps) {
  const id = useId();
  const check = useLiveCheck(hint, own);
  const note = check.wrong ?? wrong;
  return (
    <Frame id={id} around={{ label, hint, wrong: note }}>
      <input
        id={id}
        className="input"
        onInput={check.onInput}
        onBlur={check.onBlur}
        {...described(id, hint, note)}
        {...input}
      />
    </Frame>
  );
}

type SelectFieldProps = Around & SelectHTMLAttributes<HTMLSelectElement>;

export function SelectField({ label, hint, wrong, children, ...select }: SelectFieldProps) {
  const id = useId();
  return (
    <Frame id={id} around={{ label, hint, wrong }}>
      <select id={id} className="input select" {...described(id, hint, wrong)} {...select}>
        {children}
      </select>
    </Frame>
  );
}

type TextFieldProps = Around & Checked & TextareaHTMLAttributes<HTMLTextAreaElement>;

export function TextField({ label, hint, wrong, check: own, ...area }: TextFieldProps) {
  const id = useId();
  const check = useLiveCheck(hint, own);
  const note = check.wrong ?? wrong;
  return (
    <Frame id={id} around={{ label, hint, wrong: note }}>
      <textarea
        id={id}
        className="input"
        rows={4}
        onInput={check.onInput}
        onBlur={check.onBlur}
        {...described(id, hint, note)}
        {...area}
      />
    </Frame>
  );
}

function Frame(props: { readonly id: string; readonly around: Around; readonly children: ReactNode }) {
  const { label, hint, wrong } = props.around;
  return (
    <div className="field">
      <label htmlFor={props.id}>{label}</label>
      {props.children}
      {wrong ? (
        <p className="field-wrong" id={`${props.id}-note`}>
          {wrong}
        </p>
      ) : (
        hint && (
          <p className="field-hint" id={`${props.id}-note`}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

const described = (id: string, hint: string | undefined, wrong: string | undefined) => ({
  'aria-invalid': wrong ? true : undefined,
  'aria-describedby': (wrong ?? hint) ? `${id}-note` : undefined,
});
