// What the set-up prints: one line for each step, with its time at the end of the line, and one way to give up.

/** Begins a step's line; the function returned ends it, with a word of its own or with the seconds it took. */
export function working(title) {
  const began = process.hrtime.bigint();
  process.stdout.write(`Set-up: ${title} … `);
  return (word) => {
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    process.stdout.write(`${word ? `${word}, ` : ''}${seconds.toFixed(1)} s\n`);
  };
}

/** Ends the set-up with what went wrong and what to do about it. */
export function failed(message, advice) {
  process.stderr.write(`\nSet-up stopped: ${message}\n${advice ? `What to do: ${advice}\n` : ''}`);
  process.exit(1);
}

/** An error that carries what to do about it. */
export class SetupProblem extends Error {
  constructor(message, advice) {
    super(message);
    this.advice = advice;
  }
}
