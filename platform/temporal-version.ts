import { spawnSync } from 'node:child_process';

/** The pinned server. Its data file has no migration between versions: never change it without a look at the data dirs that exist. */
export const TEMPORAL_CLI = '1.9.1';
const TEMPORAL_SERVER = '1.32.0';

/** What `temporal --version` answers, or undefined when the file doesn't run. */
export function versionOf(binary: string): string | undefined {
  const asked = spawnSync(binary, ['--version'], { encoding: 'utf8', timeout: 20_000, stdio: ['ignore', 'pipe', 'ignore'] });
  return asked.status === 0 ? asked.stdout.trim() : undefined;
}

/** Whether this is the pinned CLI, or an unmarked build of the same server. */
export const isPinned = (version: string | undefined): boolean =>
  version !== undefined &&
  (version.startsWith(`temporal version ${TEMPORAL_CLI} `) ||
    (version.startsWith('temporal version 0.0.0-DEV ') && version.includes(`(Server ${TEMPORAL_SERVER},`)));
