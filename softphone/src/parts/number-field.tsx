/**
 * A labelled whole number with its limits. What is typed stays as typed; only a number within the limits is passed on, and
 * the form does not go out with another.
 */
import { useState } from 'react';
import { InputField } from './field';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly hint?: string;
  readonly wrong?: string | undefined;
  readonly onChange: (value: number) => void;
}

export function NumberField({ label, value, min, max, hint, wrong, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string>();
  const isWithin = (number: number) => Number.isInteger(number) && number >= min && number <= max;
  // What does not count stays in sight; else the value may have been changed from outside.
  const isKept = typed !== undefined && (typed === '' || !isWithin(Number(typed)) || Number(typed) === value);
  return (
    <InputField
      label={label}
      type="number"
      inputMode="numeric"
      className="input num input-number"
      min={min}
      max={max}
      step={1}
      required
      hint={hint}
      wrong={wrong}
      value={isKept ? typed : String(value)}
      onChange={(event) => {
        setTyped(event.target.value);
        const number = event.target.valueAsNumber;
        if (isWithin(number)) onChange(number);
      }}
    />
  );
}
