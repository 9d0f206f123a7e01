import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { badInput } from '../domain/failure';
import { readIfThere, writeFileAtomic } from './files';
import { isAlive, ownIdentity, processIdentitySchema, type ProcessIdentity } from './process-identity';

/**
 * Takes the lock of a data dir for this process; a lock whose process is gone (pid and start time) is taken over.
 * @returns releases it.
 * Refuses with code `data-dir-in-use` when a live process holds it.
 */
export function lockDataDir(dataDir: string): () => void {
  const folder = path.join(dataDir, 'run');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'supervisor.lock');
  const draft = path.join(folder, `.lock-${process.pid}-${randomBytes(4).toString('hex')}`);
  const mine = JSON.stringify(ownIdentity());
  writeFileAtomic(draft, mine);
  try {
    for (let tries = 0; tries < 20; tries++) {
      if (linked(draft, file)) {
        return () => {
          if (readIfThere(file) === mine) rmSync(file, { force: true });
        };
      }
      const text = readIfThere(file);
      if (text === undefined) continue; // released in this moment
      const holder = identityIn(text);
      if (holder !== undefined && isAlive(holder)) throw inUse(dataDir, holder);
      setAside(file, text);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw inUse(dataDir, undefined);
}

/** The live process that holds the lock, if any. */
export function lockHolder(dataDir: string): ProcessIdentity | undefined {
  const holder = identityIn(readIfThere(path.join(dataDir, 'run', 'supervisor.lock')) ?? '');
  return holder !== undefined && isAlive(holder) ? holder : undefined;
}

/** Removes a stale lock; one that somebody put in its place since it was read is put back. */
function setAside(file: string, stale: string): void {
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody else was faster
  }
  if (readIfThere(aside) !== stale) linked(aside, file);
  rmSync(aside, { force: true });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function identityIn(text: string): ProcessIdentity | undefined {
  try {
    return processIdentitySchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const inUse = (dataDir: string, holder: ProcessIdentity | undefined) =>
  badInput(
    'data-dir-in-use',
    `数据目录 ${dataDir} 已由另一个正在运行的 zhenggai${holder === undefined ? '' : `（进程 ${holder.pid}）`}使用。`,
    '请先停止它，或用 --data-dir（ZHENGGAI_DATA_DIR）指定另一个数据目录。',
  );
