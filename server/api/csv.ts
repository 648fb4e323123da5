/** Tables for a spreadsheet (RFC 4180). What people typed becomes no formula there. Pure. */

export type Separator = ',' | ';' | '\t';

/** A spreadsheet takes what begins with these signs for a formula; names and notes come from people, numbers from callers. */
export function csvCell(value: string | number | undefined, separator: Separator = ','): string {
  if (typeof value !== 'string') return value === undefined ? '' : String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
}

export const csvLine = (cells: readonly (string | number | undefined)[], separator: Separator = ','): string =>
  `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`;
