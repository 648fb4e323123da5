// The time in meta lines: UTC, HH:MM:SS and six decimals, without a date. Made once a millisecond.

let lastMs = -1;
let lastText = '';

export function timeOfDay(nowMs: number): string {
  if (nowMs === lastMs) return lastText;
  lastMs = nowMs;
  const inDay = Math.floor(nowMs) % 86_400_000;
  const seconds = Math.floor(inDay / 1000);
  const part = (value: number) => (value < 10 ? `0${value}` : `${value}`);
  const millis = `${inDay % 1000}`.padStart(3, '0');
  lastText = `${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}.${millis}000`;
  return lastText;
}
