/**
 * Text from strangers that people and other systems will read: no control characters (they break lines of logs and header
 * fields) and no marks that turn the direction of writing (they make a name look like another one; Unicode UAX 9).
 */

/** C0, DEL, C1, and the line and paragraph separators become one space. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

export function printable(text: string): string {
  return text.replace(controls, ' ').replace(directionMarks, '');
}
