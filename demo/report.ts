/** What the demo prints. */
import type { Office } from './office';
import type { Report } from './play-call';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export function printHeading(url: string): void {
  console.log(
    `Trunkline is up at ${url}. A provider calls the rented number; the desk phone of extension 101 answers.`,
  );
}

export function printReport(
  title: string,
  { call, answeredBy, secondsRecorded, levelsDb, likeness, problems }: Report,
): void {
  const card = call.card === undefined ? 'none' : `${call.card.kind} “${call.card.name}”`;
  console.log(`
${title}
  caller      ${call.caller.number ?? call.caller.typed}
  card        ${card}
  answered by ${answeredBy} after ${seconds(call.ringMs)} of ringing
  talked      ${seconds(call.talkMs)}, recorded ${secondsRecorded.toFixed(1)} s
  left        ${levelsDb.left.toFixed(1)} dBFS, the customer (likeness ${likeness.left.toFixed(2)})
  right       ${levelsDb.right.toFixed(1)} dBFS, our side (likeness ${likeness.right.toFixed(2)})`);
  for (const problem of problems) console.log(`  PROBLEM     ${problem}`);
  if (problems.length === 0) console.log('  All as it should be.');
}

export function printPlace(url: string, office: Office, cardPath: string): void {
  console.log(`
Look and listen: ${url}${cardPath}
  log in as ${office.person.login}, password ${office.person.password}
Ctrl-C ends the demo and removes its data.`);
}
