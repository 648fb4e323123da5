/**
 * Looks at an input while it is filled in: what does not fit is said when typing rests or the field is left, and no longer as
 * soon as it fits. What is missing is said by the browser when the form is sent.
 */
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { after } from '../clock';

type Input = HTMLInputElement | HTMLTextAreaElement;

const typingRestMs = 700;

export interface LiveCheck {
  readonly wrong: string | undefined;
  readonly onInput: (event: FormEvent<Input>) => void;
  readonly onBlur: (event: FormEvent<Input>) => void;
}

export type Check = (value: string) => string | undefined;

/**
 * @param hint says what form is wanted, for a value that does not match its pattern.
 * @param check what is wrong with a value beyond what the browser can tell; the form does not go out with it.
 */
export function useLiveCheck(hint: string | undefined, check?: Check): LiveCheck {
  const [wrong, setWrong] = useState<string>();
  const waiting = useRef<() => void>(undefined);
  useEffect(() => () => waiting.current?.(), []);
  const look = (input: Input) => {
    waiting.current?.();
    setWrong(wrongOf(input, hint));
  };
  return {
    wrong,
    onInput: ({ currentTarget }) => {
      if (check) currentTarget.setCustomValidity(currentTarget.value === '' ? '' : (check(currentTarget.value) ?? ''));
      if (wrong !== undefined || currentTarget.validity.valid) return look(currentTarget);
      waiting.current?.();
      waiting.current = after(typingRestMs, () => look(currentTarget));
      return undefined;
    },
    onBlur: ({ currentTarget }) => look(currentTarget),
  };
}

function wrongOf(input: Input, hint: string | undefined): string | undefined {
  const { validity, value } = input;
  if (validity.valid || (value === '' && !validity.badInput && !validity.customError)) return undefined;
  return validity.patternMismatch && hint !== undefined ? hint : input.validationMessage;
}
