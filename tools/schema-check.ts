import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { PortBook } from '../platform/ports';
import { startPostgres } from '../platform/postgres';
import { Supervisor } from '../platform/supervisor';
import { temporaryDir } from '../test/support/servers';

/**
 * `schema-check` fails with 1 when schema.prisma and the migrations have drifted apart; `schema-check create NAME` writes the migration
 * that brings them together. Both on a PostgreSQL of their own.
 */
async function main(args: readonly string[]): Promise<number> {
  const dir = temporaryDir();
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  const supervisor = new Supervisor(dir, report);
  try {
    const { adminUrl } = await startPostgres(supervisor, { dataDir: dir, ports: new PortBook(dir), port: undefined, report });
    const child = spawn(process.execPath, [path.join(__dirname, 'migrate.mjs'), ...(args.length > 0 ? args : ['check'])], {
      stdio: 'inherit',
      env: { ...process.env, DATABASE_URL: adminUrl },
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await supervisor.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

void main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 3;
  },
);
