/**
 * The process: reads the configuration, takes the data folder, starts the service, and stops it on SIGTERM or SIGINT.
 * Everything that can be wrong before the start is one clear message and exit code 1.
 */
import 'reflect-metadata'; // the X.509 library asks for it before it loads
import { systemClock } from './clock';
import { type Config, describeMistakes, takeConfig } from './config';
import { takeDataLock } from './data-lock';
import { chooseCountry, ownTerminal } from './first-start';
import { readOrMakeKey } from './key-file';
import { openLog } from './log';
import { startService } from './start-service';

async function main(): Promise<void> {
  process.umask(0o077); // password hashes, clients, audio: every file we make is for us only
  const config = takeConfig(process.env);
  if (!config.ok) return giveUp(describeMistakes(config.problem));
  const lock = takeDataLock(config.value.dataFolder);
  if (!lock.ok) return giveUp(whyNoFolder(config.value, lock.problem));
  process.once('exit', lock.value.release);
  const key = readOrMakeKey(config.value.keyFile);
  if (!key.ok) return giveUp(`The key file ${key.problem.file} cannot be used: ${key.problem.why}`);
  const log = openLog(config.value.logLevel);
  const terminal = ownTerminal();
  const country = await chooseCountry(config.value, terminal);
  const service = await startService({
    config: config.value,
    clock: systemClock(),
    log,
    key: key.value,
    country,
    terminal,
  });
  const { http, https } = service.doors;
  log.info({ http: `http://${http.host}:${http.port}`, https: `https://${https.host}:${https.port}` }, 'ready');
  const stop = (): void => {
    log.info({}, 'stopping');
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

function whyNoFolder(
  { dataFolder }: Config,
  problem: { readonly kind: string; readonly pid?: number; readonly code?: string },
): string {
  return problem.kind === 'held'
    ? `Trunkline already runs in ${dataFolder} (process ${problem.pid}).`
    : `The data folder ${dataFolder} cannot be used (${problem.code}). Check its owner, or set TRUNKLINE_DATA.`;
}

function giveUp(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  giveUp(`Trunkline could not start: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
