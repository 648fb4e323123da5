// An ordered list of header fields. Three parallel arrays, because a message has about a dozen of them and is looked at two or
// three times: building a map for each message would cost more than the few comparisons it saves.

import { headerKey } from './header-names';

export class Headers {
  readonly names: string[] = [];
  readonly keys: string[] = [];
  readonly values: string[] = [];

  add(name: string, value: string): void {
    this.names.push(name);
    this.keys.push(headerKey(name));
    this.values.push(value);
  }

  has(key: string): boolean {
    return this.keys.includes(key);
  }

  first(key: string): string | undefined {
    const at = this.keys.indexOf(key);
    return at < 0 ? undefined : this.values[at];
  }

  all(key: string): string[] {
    const found: string[] = [];
    for (let at = this.keys.indexOf(key); at >= 0; at = this.keys.indexOf(key, at + 1))
      found.push(this.values[at] ?? '');
    return found;
  }

  count(key: string): number {
    let number = 0;
    for (let at = this.keys.indexOf(key); at >= 0; at = this.keys.indexOf(key, at + 1)) number++;
    return number;
  }

  /** Replaces the first value of that key; does nothing if there is none. */
  replaceFirst(key: string, value: string): void {
    const at = this.keys.indexOf(key);
    if (at >= 0) this.values[at] = value;
  }
}
