import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Connection } from '@temporalio/client';
import { createSmtpChannel } from '../../channels/smtp';
import type { Instant } from '../../domain/time';
import { storeCommand } from '../../ledger/commands';
import { worldInstant } from '../../ledger/world';
import { wallClock } from '../../platform/clock';
import { ensureSearchAttributes } from '../../platform/temporal-namespace';
import { ledgerPort } from '../../worker/ledger-port';
import { addressOf, renderMail } from '../../worker/render-mail';
import { startWorkers, type Workers } from '../../worker/workers';
import { World } from '../../worker/world';
import { lifeSearchAttributes, type CommandAnswer } from '../../workflows/issue-lifecycle.messages';
import { openTestLedger, services, type TestLedger } from './fixture';

const FROM = '整改办 <zgb@linjiang.example>';

/** One deployment for one test file: its own database and namespace on the shared servers. */
export interface Deployment {
  readonly ledger: TestLedger;
  readonly workers: Workers;
  readonly world: World;
  readonly namespace: string;
  /** Stores a command and sends its key, as the API does. */
  act(issueId: string, actor: string, command: object, key?: string): Promise<CommandAnswer>;
  close(): Promise<void>;
}

export async function deploy(start: Instant): Promise<Deployment> {
  const { temporalAddress, smtpUrl, bundleFile } = services();
  const namespace = `n-${randomUUID().slice(0, 8)}`;
  const connection = await Connection.connect({ address: temporalAddress });
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
  await ensureSearchAttributes(connection, namespace, lifeSearchAttributes);
  await connection.close();
  const ledger = await openTestLedger();
  const mail = createSmtpChannel({ url: smtpUrl });
  const workers = await startWorkers({
    address: temporalAddress,
    namespace,
    bundle: { code: readFileSync(bundleFile, 'utf8') },
    deps: {
      ledger: ledgerPort(ledger.database),
      mail: { send: ({ bytes, to }) => mail.send({ bytes, to, from: addressOf(FROM) }) },
      render: renderMail({ from: FROM, linkBase: 'http://localhost', detail: 'full' }),
      clock: { now: async () => (await worldInstant(ledger.database)) ?? wallClock.now() },
    },
  });
  const world = new World({ client: workers.client, database: ledger.database, lives: workers.lives }, start);
  return {
    ledger,
    workers,
    world,
    namespace,
    async act(issueId, actor, command, key) {
      const stored = await storeCommand(ledger.database, { issueId, actor, via: 'test', command, ...(key === undefined ? {} : { key }) });
      await world.bring(issueId);
      return (await workers.lives.send(issueId, stored)).result();
    },
    async close() {
      await workers.stop();
      mail.close();
      await ledger.close();
    },
  };
}
