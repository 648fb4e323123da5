/** What a page says on the desk socket, checked: anything else is undefined. Pure. */
import type { FromDesk } from '../desk-messages';

/** A CallId is shorter. */
const callIdLengthMax = 100;

export function readFromDesk(text: string): FromDesk | undefined {
  const said = parsed(text);
  if (typeof said !== 'object' || said === null || !('type' in said)) return undefined;
  switch (said.type) {
    case 'here':
      return 'count' in said && Number.isSafeInteger(said.count) && typeof said.count === 'number'
        ? { type: 'here', count: said.count }
        : undefined;
    case 'watch-quality':
      if (!('callId' in said) || said.callId === undefined) return { type: 'watch-quality' };
      return typeof said.callId === 'string' && said.callId.length <= callIdLengthMax
        ? { type: 'watch-quality', callId: said.callId }
        : undefined;
    default:
      return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: refused like any other nonsense
  }
}
