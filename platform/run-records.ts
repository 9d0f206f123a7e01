import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { readIfThere, writeFileAtomic } from './files';
import { endProcess, isAlive, processIdentitySchema, type ProcessIdentity } from './process-identity';
import type { Report } from './report';

/** A child process as recorded in `<dataDir>/run/<name>.json`. */
const recordSchema = z.object({
  label: z.string(),
  stopSignal: z.enum(['SIGINT', 'SIGTERM']),
  graceMs: z.number().nonnegative(),
  process: processIdentitySchema,
});

type Recorded = Omit<z.infer<typeof recordSchema>, 'process'> & { readonly name: string };

const fileOf = (dataDir: string, name: string) => path.join(dataDir, 'run', `${name}.json`);

/** Remembers a child, so that the next supervisor finds it should this one be killed. */
export function record(dataDir: string, { name, label, stopSignal, graceMs }: Recorded, program: ProcessIdentity): void {
  writeFileAtomic(fileOf(dataDir, name), `${JSON.stringify({ label, stopSignal, graceMs, process: program })}\n`);
}

export function forget(dataDir: string, name: string): void {
  rmSync(fileOf(dataDir, name), { force: true });
}

/**
 * Ends what a killed supervisor of this data dir left running: only processes recorded there, and only when pid and start time both match.
 * The data dir's lock must be held.
 */
export async function endOrphans(dataDir: string, report: Report): Promise<void> {
  const folder = path.join(dataDir, 'run');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const records = readdirSync(folder).filter((name) => name.endsWith('.json'));
  await Promise.all(records.map((name) => endOrphan(path.join(folder, name), report)));
}

async function endOrphan(file: string, report: Report): Promise<void> {
  const known = recordSchema.safeParse(parse(readIfThere(file)));
  if (known.success && isAlive(known.data.process)) {
    const { label, stopSignal, graceMs, process } = known.data;
    report(`上次运行遗留的 ${label}（进程 ${process.pid}）仍在，先请它退出`);
    await endProcess(process, stopSignal, graceMs);
  }
  rmSync(file, { force: true });
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null; // half a record of a crash: it names nobody
  }
}
