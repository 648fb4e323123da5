/** The public REST interface as a program uses it: JSON, a bearer token, and an error that says what the service said. */

export class Api {
  private readonly base: string;
  private readonly token: string;

  constructor(base: string, token: string) {
    this.base = base;
    this.token = token;
  }

  async isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.base}/readyz`)).ok;
    } catch {
      return false; // it does not listen yet
    }
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.ask('GET', path);
  }

  post<Answer>(path: string, body: object): Promise<Answer> {
    return this.ask('POST', path, body);
  }

  put<Answer>(path: string, body: object): Promise<Answer> {
    return this.ask('PUT', path, body);
  }

  patch<Answer>(path: string, body: object): Promise<Answer> {
    return this.ask('PATCH', path, body);
  }

  delete<Answer>(path: string): Promise<Answer> {
    return this.ask('DELETE', path);
  }

  /** A sound file as it is. */
  upload<Answer>(path: string, wav: Buffer): Promise<Answer> {
    return this.send('POST', path, { type: 'audio/wav', content: new Blob([Uint8Array.from(wav)]) });
  }

  async bytes(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; bytes: Buffer }> {
    const response = await fetch(this.base + path, { headers: { authorization: `Bearer ${this.token}`, ...headers } });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  private ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    return this.send(
      method,
      path,
      body === undefined ? undefined : { type: 'application/json', content: JSON.stringify(body) },
    );
  }

  private async send<Answer>(
    method: string,
    path: string,
    body?: { readonly type: string; readonly content: string | Blob },
  ): Promise<Answer> {
    const response = await fetch(this.base + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': body.type }),
      },
      ...(body === undefined ? {} : { body: body.content }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
}
