/** What somebody types or pastes to be called, in any writing, as it is dialled. Which country it is of the server says. */

/** Of a page or a signature: `tel:+420-777-123-456;ext=1`, `+420 (0)777 123 456`, non-breaking spaces, full-width digits. */
export function dialable(typed: string): string {
  const plain = typed.normalize('NFKC').trim();
  const scheme = /^(?:tel|sip|callto):([^;?@]+)/i.exec(plain)?.[1];
  return decoded(scheme ?? plain)
    .replace(/^(\+|00)([\d\s().-]*?)\(0\)/, '$1$2')
    .replace(/[\s().\-–—‑/\u200b-\u200f\u202a-\u202e]/g, '');
}

/** Digits and the signs of codes; a name is looked up instead. */
export const isDialable = (typed: string): boolean => /^\+?[\d*#]+$/.test(dialable(typed));

function decoded(text: string): string {
  return /%[0-9a-f]{2}/i.test(text) && !/%(?![0-9a-f]{2})/i.test(text) ? decodeURIComponent(text) : text;
}
