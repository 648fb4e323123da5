/**
 * The SIP requests that went out on a connection and have no final response yet. When the connection is dropped each of them
 * gets the 503 that RFC 3261 section 8.1.3.1 wants for a transport error; without it a re-INVITE that nobody heard would keep
 * the next one waiting for 32 s (timer B). Reads just enough of each message: the branch, the method, the status.
 */

/** Marks the 503 as ours: it says nothing about the server. */
export const flowLost = 'Flow lost';

export class Unanswered {
  private readonly requests = new Map<string, string>();

  sent(message: string): void {
    const method = /^([A-Z]+) \S+ SIP\/2\.0\r\n/.exec(message)?.[1];
    // An ACK has no response, and a CANCEL shares the fate of its INVITE.
    if (method === undefined || method === 'ACK' || method === 'CANCEL') return;
    const key = keyOf(message);
    if (key !== undefined) this.requests.set(key, message);
  }

  received(message: string): void {
    const status = Number(/^SIP\/2\.0 (\d{3}) /.exec(message)?.[1] ?? 0);
    const key = status >= 200 ? keyOf(message) : undefined;
    if (key !== undefined) this.requests.delete(key);
  }

  /** The responses that will never come, in the order of the requests. */
  drained(): readonly string[] {
    const responses = [...this.requests.values()].map(unavailable);
    this.requests.clear();
    return responses;
  }
}

/** RFC 3261 section 17.1.3: the branch of the top Via and the method of CSeq. */
function keyOf(message: string): string | undefined {
  const branch = /^Via:[^\r\n]*;branch=([^;,\s]+)/im.exec(message)?.[1];
  const method = /^CSeq:\s*\d+\s+([A-Z]+)/im.exec(message)?.[1];
  return branch === undefined || method === undefined ? undefined : `${branch} ${method}`;
}

/** RFC 3261 section 8.2.6.2: what a response takes from its request. */
function unavailable(request: string): string {
  const [head = ''] = request.split('\r\n\r\n');
  const kept = head.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/i.test(line));
  return [`SIP/2.0 503 ${flowLost}`, ...kept, 'Content-Length: 0', '', ''].join('\r\n');
}
