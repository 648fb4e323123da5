// A PostgreSQL server of the test's own: a new cluster in a temporary folder, reached by a Unix socket, gone afterwards.
// PostgreSQL refuses to run as root, so as root its programs run as the user postgres.
import { execFile } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { pathOfTool } from '../require-tool';

export interface PostgresServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

const runFile = promisify(execFile);

export async function startPostgres(): Promise<PostgresServer> {
  const binFolder = path.dirname(pathOfTool('postgres') ?? '');
  const account = process.getuid?.() === 0 ? accountOf('postgres') : undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'trunkline-pg-'));
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
  const data = path.join(folder, 'data');
  const run = async (program: string, args: readonly string[]): Promise<void> => {
    await runFile(path.join(binFolder, program), args, { cwd: folder, ...account });
  };
  await run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']);
  const options = `-c listen_addresses= -k ${folder} -c fsync=off -c shared_buffers=16MB`;
  await run('pg_ctl', ['-D', data, '-o', options, '-l', path.join(folder, 'log'), '-w', '-s', 'start']);
  return {
    url: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`,
    stop: async () => {
      await run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', '-s', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function accountOf(name: string): Account {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}
