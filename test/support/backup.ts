import { randomUUID } from 'node:crypto';
import { Client as Postgres } from 'pg';
import { lifeOf } from '../../workflows/life.messages';
import type { Deployment } from './deployment';
import { services } from './fixture';

type Run = (sql: string) => Promise<unknown>;

/** A backup: a copy of a database as PostgreSQL itself makes it, while nobody is connected. Returns its name. */
export async function backUp(name: string): Promise<string> {
  const copy = `c_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(async (run) => {
    await run('SELECT pg_advisory_lock(1)'); // as fixture.ts: templates are copied one at a time
    await apart(run, name);
    await run(`CREATE DATABASE "${copy}" TEMPLATE "${name}" OWNER "${new URL(services().ownerUrl).username}"`);
    await run(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
  });
  return copy;
}

/** Puts a copy in the place of a deployment's ledger and begins with an empty Temporal: the workflows of what was lost know too much. */
export async function restore(deployment: Deployment, copy: string): Promise<void> {
  const { ledger, workers } = deployment;
  const streams = await ledger.database.stream.findMany({ where: { kind: { in: ['issue', 'round', 'base'] } }, select: { id: true } });
  await asAdmin(async (run) => {
    await apart(run, ledger.name);
    for (const { id } of streams) await workers.client.workflow.getHandle(lifeOf(id).workflowId).terminate('restored');
    await run(`ALTER DATABASE "${ledger.name}" RENAME TO "${copy}_lost"`);
    await run(`ALTER DATABASE "${copy}" RENAME TO "${ledger.name}"`);
  });
  await deployment.restart();
  await deployment.workers.lives.kickStarter();
}

async function asAdmin(work: (run: Run) => Promise<void>): Promise<void> {
  const admin = new Postgres({ connectionString: services().adminUrl });
  await admin.connect();
  try {
    await work((sql) => admin.query(sql));
  } finally {
    await admin.end();
  }
}

/** Nobody is connected to a database any more, nor can be. */
async function apart(run: Run, name: string): Promise<void> {
  await run(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
  await run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
}
