import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { unavailable } from '../domain/failure';
import { readIfThere, writeFileAtomic } from './files';
import { isAlive, ownIdentity, processIdentitySchema } from './process-identity';

/** What a second terminal needs to work with the running instance; `<dataDir>/instance.json`, 0600. */
const instanceSchema = z.object({
  process: processIdentitySchema,
  kind: z.enum(['demo', 'production']),
  appUrl: z.string(),
  ownerUrl: z.string().nullable(),
  adminUrl: z.string().nullable(),
  temporal: z.object({ address: z.string(), namespace: z.string(), uiUrl: z.string().nullable() }),
  smtpUrl: z.string(),
  inboxUrl: z.string().nullable(),
  pageUrl: z.string().nullable(),
  startedAt: z.iso.datetime(),
});
export type Instance = z.infer<typeof instanceSchema>;

const fileOf = (dataDir: string) => path.join(dataDir, 'instance.json');

/** Written by the process that holds the lock, when everything is ready. */
export function writeInstance(dataDir: string, instance: Omit<Instance, 'process'>): void {
  writeFileAtomic(fileOf(dataDir), `${JSON.stringify({ ...instance, process: ownIdentity() }, null, 2)}\n`);
}

export function removeInstance(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

/** The running instance of a data dir, or undefined: none was started, it has stopped, or it was killed. */
export function findInstance(dataDir: string): Instance | undefined {
  const text = readIfThere(fileOf(dataDir));
  if (text === undefined) return undefined;
  try {
    const instance = instanceSchema.parse(JSON.parse(text));
    return isAlive(instance.process) ? instance : undefined;
  } catch {
    return undefined;
  }
}

/** The running instance of a data dir; ZhenggaiError unavailable when there is none. */
export function readInstance(dataDir: string): Instance {
  const instance = findInstance(dataDir);
  if (instance !== undefined) return instance;
  throw unavailable(
    'not-running',
    `数据目录 ${dataDir} 上没有正在运行的 zhenggai。`,
    '请先执行 zhenggai start；如用的是另一个数据目录，请加 --data-dir（或 ZHENGGAI_DATA_DIR）。',
  );
}
