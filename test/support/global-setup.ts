import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client as Postgres } from 'pg';
import { deployMigrations } from '../../ledger/migrations';
import { workflowBundle } from '../../worker/workers';
import { lifeSearchAttributes } from '../../workflows/life.messages';
import { startTestServers } from './servers';

declare global {
  var __stopServers: (() => Promise<void>) | undefined;
}

/** What test files read from the environment; each makes a database of its own from the template. */
export interface TestServices {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly template: string;
  readonly temporalAddress: string;
  readonly smtpUrl: string;
  readonly inboxUrl: string;
  readonly bundleFile: string;
}

export default async function setup(): Promise<void> {
  const servers = await startTestServers({ searchAttributes: lifeSearchAttributes, refuse: refuseBounced });
  globalThis.__stopServers = () => servers.stop();
  try {
    const { adminUrl, ownerUrl, appUrl } = servers.databaseUrls;
    await deployMigrations(ownerUrl, path.resolve(__dirname, '../../prisma/migrations'));
    const bundle = await workflowBundle();
    const bundleFile = path.join(mkdtempSync(path.join(tmpdir(), 'zhenggai-bundle-')), 'workflow-bundle.js');
    if ('code' in bundle) writeFileSync(bundleFile, bundle.code);
    const services: TestServices = {
      adminUrl,
      ownerUrl,
      appUrl,
      template: new URL(appUrl).pathname.slice(1),
      temporalAddress: servers.temporal.address,
      smtpUrl: servers.inbox.smtpUrl,
      inboxUrl: servers.inbox.url,
      bundleFile,
    };
    process.env['ZHENGGAI_TEST_SERVICES'] = JSON.stringify(services);
    const admin = new Postgres({ connectionString: adminUrl });
    await admin.connect();
    await admin.query(`ALTER DATABASE "${services.template}" IS_TEMPLATE true`);
    await admin.end();
  } catch (error) {
    await servers.stop();
    throw error; // jest calls no teardown when setup throws
  }
}

/** Mail to this domain is refused for ever, as a real server refuses an unknown mailbox. */
function refuseBounced(address: string): { code: number; message: string } | undefined {
  return address.endsWith('@bounced.example') ? { code: 550, message: 'no such mailbox' } : undefined;
}
