/** Names that the phone makes up: of a call of this page, and of this browser for the registrar (RFC 5626 section 4.1). */

const storageKey = 'trunkline.instance';

/** 128 random bits, written as a UUID (RFC 9562 section 5.4); `crypto.randomUUID` is not there on a page that is not secure. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  });
  return [hex.slice(0, 4), hex.slice(4, 6), hex.slice(6, 8), hex.slice(8, 10), hex.slice(10)]
    .map((part) => part.join(''))
    .join('-');
}

/** The same for all tabs of this browser and after each load. */
export function instanceId(): string {
  const kept = localStorage.getItem(storageKey);
  if (kept !== null) return kept;
  const made = newId();
  localStorage.setItem(storageKey, made);
  return made;
}
