// Tests that need a program beside Node (a SIP peer, a browser, a database server). Where it is missing the suite is
// reported as skipped with the reason in its name, never as passed. `npm test` installs the programs when run as root.
import { accessSync, constants, readdirSync } from 'node:fs';
import path from 'node:path';

export type Tool = 'sipp' | 'baresip' | 'ffmpeg' | 'chromium' | 'espeak-ng' | 'sox' | 'postgres' | 'mediasoup-worker';

const postgresqlFolder = '/usr/lib/postgresql';
const workerFolder = path.resolve(__dirname, '../node_modules/mediasoup/worker/out/Release');

/** `describe`, skipped with the reason in its name unless every tool named is on this machine. */
export function describeWithTool(needed: Tool | readonly Tool[], name: string, body: () => void): void {
  const missing = [needed].flat().filter((tool) => pathOfTool(tool) === undefined);
  if (missing.length === 0) describe(name, body);
  else describe.skip(`${name} (skipped: ${missing.join(', ')} not installed)`, body);
}

/** The program's full path, or undefined if it is not installed. */
export function pathOfTool(tool: Tool): string | undefined {
  return foldersOf(tool)
    .map((folder) => path.join(folder, tool))
    .find(isExecutable);
}

function foldersOf(tool: Tool): readonly string[] {
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  if (tool === 'mediasoup-worker') return [path.dirname(process.env['MEDIASOUP_WORKER_BIN'] ?? ''), workerFolder];
  return tool === 'postgres' ? [...onPath, ...postgresqlFolders()] : onPath;
}

/** Debian keeps the server's programs off the path, a folder for each version; the newest comes first. */
function postgresqlFolders(): readonly string[] {
  try {
    const versions = readdirSync(postgresqlFolder).sort((one, other) => Number(other) - Number(one));
    return versions.map((version) => path.join(postgresqlFolder, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
