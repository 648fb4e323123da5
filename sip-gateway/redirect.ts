/** The Contacts of a 3xx (RFC 3261 section 8.1.3.4): a phone that forwards by itself says where. Pure. */
import { userPartOf } from '../call-router/values/number';
import { parseNameAddr, parseUri, splitOutside } from './header-values';
import { headerOf } from './srf-message';

export const redirectsMax = 5;

/** User parts, decoded, the most wished for first. Only what can be dialled: the host is not asked, we are it. */
export function redirectsIn(response: { readonly headers: Readonly<Record<string, string>> }): readonly string[] {
  const wished = splitOutside(headerOf(response, 'contact') ?? '', ',').flatMap((text) => {
    const contact = parseNameAddr(text);
    const user = parseUri(contact?.uri ?? '')?.user ?? '';
    const dialled = user === '' ? '' : userPartOf(`${user}@`);
    return contact === undefined || dialled === '' ? [] : [{ dialled, q: qOf(contact.params.get('q')) }];
  });
  const users = wished.sort((a, b) => b.q - a.q).map(({ dialled }) => dialled);
  return [...new Set(users)].slice(0, redirectsMax);
}

/** 1 where none is written (RFC 3261 section 20.10 leaves it open; all are then alike). */
function qOf(text: string | undefined): number {
  return text !== undefined && /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text.trim()) ? Number(text) : 1;
}
