// Reads TypeScript as text, just well enough to hold the rules of the tree: code without comments and strings, and the
// list of what a file imports. It is no parser; a template's `${}` parts count as text.

export interface ImportedFrom {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

interface Spans {
  readonly code: string;
  readonly codeAndStrings: string;
}

/** The text with comments, strings and regular expressions' bodies blanked; line breaks stay where they were. */
export function codeOf(text: string): string {
  return spansOf(text).code;
}

/** What a file imports or re-exports, dynamic imports and `require` included. */
export function importsOf(text: string): readonly ImportedFrom[] {
  const code = spansOf(text).codeAndStrings;
  const statements = [...code.matchAll(/^\s*(import|export)\b([^;'"`]*?)\bfrom\s*['"]([^'"]+)['"]/gm)].map((match) => ({
    specifier: match[3] ?? '',
    isTypeOnly: /^\s+type\b/.test(match[2] ?? ''),
  }));
  const bare = [...code.matchAll(/^\s*import\s*['"]([^'"]+)['"]/gm)];
  const called = [...code.matchAll(/\b(?:import|require|require\.resolve)\s*\(\s*['"]([^'"]+)['"]/g)];
  return [...statements, ...[...bare, ...called].map((match) => ({ specifier: match[1] ?? '', isTypeOnly: false }))];
}

/** True if the file passes another file's names on (`export … from`). */
export function isReExporting(text: string): boolean {
  return /^\s*export\b[^;'"`=(]*?\bfrom\s*['"]/m.test(spansOf(text).codeAndStrings);
}

const piece =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=[=(,:[!&|?{};\n]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])*\/[a-z]*/g;

function spansOf(text: string): Spans {
  const blank = (found: string) => found.replace(/[^\n]/g, ' ');
  return {
    code: text.replace(piece, blank),
    codeAndStrings: text.replace(piece, (found) => (/^\/[/*]/.test(found) ? blank(found) : found)),
  };
}
