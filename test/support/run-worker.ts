// The workers of one deployment in a process of their own, bound as cli/deployment.ts binds them, so that a test can kill them.
// Says one line when they run and the starter has been told; ends by itself when the test that started it is gone.
import { createSmtpChannel } from '../../channels/smtp';
import { openDatabase } from '../../ledger/database';
import { worldInstant } from '../../ledger/world';
import { composeLetter } from '../../papers/compose-letter';
import { wallClock } from '../../platform/clock';
import { ledgerPort } from '../../worker/ledger-port';
import { addressOf, renderMail } from '../../worker/render-mail';
import { shortChannels } from '../../worker/short-channels';
import { startWorkers } from '../../worker/workers';

/** What the process is told, as JSON in its first argument. */
export interface WorkerInput {
  readonly address: string;
  readonly namespace: string;
  readonly appUrl: string;
  readonly smtpUrl: string;
  readonly bundleFile: string;
}

const FROM = '整改办 <zgb@linjiang.example>';

async function main({ address, namespace, appUrl, smtpUrl, bundleFile }: WorkerInput): Promise<void> {
  const database = openDatabase(appUrl);
  // as many connections as deliveries under way, so that one kill can meet mails at several points
  const mail = createSmtpChannel({ url: smtpUrl, maxConnections: 5 });
  const { lives } = await startWorkers({
    address,
    namespace,
    bundle: { codePath: bundleFile },
    deps: {
      ledger: ledgerPort(database),
      mail: { send: ({ bytes, to }) => mail.send({ bytes, to, from: addressOf(FROM) }) },
      short: shortChannels([]),
      compose: composeLetter,
      render: renderMail({ from: FROM, linkBase: 'http://localhost', detail: 'full' }),
      clock: { now: async () => (await worldInstant(database)) ?? wallClock.now() },
    },
  });
  await lives.kickStarter();
  process.stdout.write('running\n');
}

process.stdin.on('end', () => process.exit(0)).resume();
main(JSON.parse(process.argv[2] ?? '{}') as WorkerInput).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(3);
});
