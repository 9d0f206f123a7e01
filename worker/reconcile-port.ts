import { createHash } from 'node:crypto';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import type { MailPort } from '../activities/create-activities';
import type { EnginePort, ReconcileLedgerPort } from '../activities/reconcile';
import { composeMail, messageIdOf } from '../channels/mail';
import { unavailable } from '../domain/failure';
import type { Instant } from '../domain/time';
import { alarmReaders, alarmsTold, recordFindings } from '../ledger/alarms';
import type { Database } from '../ledger/database';
import { findings, livingStreams } from '../ledger/reconcile';
import { lifeless, type ReconcileFinding } from '../ledger/reconcile-kinds';
import { addressOf } from './render-mail';

/** The ledger as reconcile sees it, on one database. */
export const reconcileLedger = (database: Database): ReconcileLedgerPort<ReconcileFinding> => ({
  livingStreams: (input) => livingStreams(database, input),
  findings: async (now, notRunning) => [...(await findings(database, now)), ...notRunning.map(lifeless)],
  record: (found, now) => recordFindings(database, found, now),
  told: (keys) => alarmsTold(database, keys),
});

/** Which lives run, asked of Temporal. */
export const reconcileEngine = ({ workflow }: Client): EnginePort => ({
  async listRunning() {
    const running = new Set<string>();
    const query = `ExecutionStatus = 'Running' AND WorkflowType IN ('issueLifecycle', 'roundSupervision', 'baseSupervision')`;
    for await (const { workflowId } of workflow.list({ query, pageSize: 1_000 })) running.add(workflowId);
    return running;
  },
  async isRunning(workflowId) {
    try {
      return (await workflow.getHandle(workflowId).describe()).status.name === 'RUNNING';
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  },
});

/** What reconcile needs besides a client: its own view of the ledger, and how alarms are told. */
export interface ReconcileSetup {
  readonly ledger: ReconcileLedgerPort<ReconcileFinding>;
  readonly alarm: (text: string) => Promise<void>;
  /** Takes the lines of the log; stderr unless told. */
  readonly warn?: (line: string) => void;
}

export interface AlarmMailSettings {
  readonly database: Database;
  readonly mail: MailPort;
  /** The sender, as in the mails of the digests. */
  readonly from: string;
  readonly clock: { now(): Promise<Instant> | Instant };
}

/**
 * Tells the administrators by a mail of its own, past digests and openings: they may be what is broken. The text's first line is the
 * subject. Throws `unavailable` when there is nobody to tell or no mailbox took it; one that did is enough.
 */
export const alarmByMail =
  ({ database, mail, from, clock }: AlarmMailSettings) =>
  async (text: string): Promise<void> => {
    const now = await clock.now();
    const readers = await alarmReaders(database, now);
    const [subject = ''] = text.split('\n');
    const sent = await Promise.allSettled(
      readers.map(async ({ name, email }) => {
        const bytes = await composeMail({
          from,
          to: { name, address: email },
          subject,
          text,
          html: `<pre style="white-space:pre-wrap;font:inherit">${escaped(text)}</pre>`,
          messageId: messageIdOf(`alarm/${sha256(`${now} ${email} ${text}`)}`, addressOf(from).split('@')[1] ?? 'localhost'),
          date: now,
        });
        return mail.send({ bytes: new Uint8Array(bytes), to: email });
      }),
    );
    if (sent.some((one) => one.status === 'fulfilled' && one.value.outcome === 'sent')) return;
    const what = readers.length === 0 ? '没有可以接收告警的管理员或整改办人员。' : '告警邮件没有发出。';
    throw unavailable('alarm.untold', what, '请在人员名单中登记管理员及其邮箱，并检查邮件服务器。');
  };

/** What a worker needs to reconcile one deployment. */
export const reconcileSetup = (settings: AlarmMailSettings): ReconcileSetup => ({
  ledger: reconcileLedger(settings.database),
  alarm: alarmByMail(settings),
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
