import { instant, type Instant } from '../domain/time';
import { auditNotices } from '../ledger/audit';
import globalSetup from '../test/support/global-setup';
import globalTeardown from '../test/support/global-teardown';
import { carriersOf, owedWords, wordKey } from '../test/support/owed-word';
import { startOwnInbox, type ReceivedMail } from '../test/support/own-inbox';
import { removeTemporaryDirs } from '../test/support/servers';
import { FROM, openStorm } from '../test/support/storm';
import { machine } from './measure';

/** One opening of the storm. */
interface Opening {
  readonly at: Instant;
  readonly persons: number;
  readonly messages: number;
  readonly notices: { readonly inAll: number; readonly most: number };
  /** The longest header of a message: some mail servers take no more than 100 KB. */
  readonly longestHeaderBytes: number;
  readonly seconds: { readonly fire: number; readonly deliver: number };
}

/**
 * `npx tsx bench/storm.ts [10000] [300] [--json]`: so many deadlines of one day for so many people, on the real PostgreSQL and a real SMTP
 * inbox, without workflows: how many messages each opening brings and how long it takes. Exits 1 when anything is lost or told twice.
 */
async function main(): Promise<void> {
  const [deadlines = 10_000, persons = 300] = process.argv
    .slice(2)
    .filter((word) => /^\d+$/.test(word))
    .map(Number);
  const json = process.argv.includes('--json');
  const say = (line: string): boolean => (json ? process.stderr : process.stdout).write(`${line}\n`);
  await globalSetup();
  const inbox = await startOwnInbox(FROM);
  const assigning = stopwatch();
  const storm = await openStorm(inbox, { deadlines, persons });
  try {
    const assign = assigning();
    say(`${deadlines} issues assigned to ${persons} people in ${assign} s`);
    const openings: Opening[] = [];
    let seen = 0;
    // on Tuesday what was assigned, on Friday the receipts that are overdue
    for (const [day, rungs] of [
      ['2026-03-03', []],
      ['2026-03-06', storm.issueIds],
    ] as const) {
      const firing = stopwatch();
      await storm.wake(rungs, instant(`${day}T01:10+08:00`));
      const fire = firing();
      const delivering = stopwatch();
      const at = instant(`${day}T08:30+08:00`);
      await storm.deliver(at);
      const deliver = delivering();
      const messages = (await inbox.messages()).slice(seen);
      seen += messages.length;
      const opening = { at, ...figuresOf(messages), seconds: { fire, deliver } };
      openings.push(opening);
      say(
        `${at}: ${opening.messages} messages for ${opening.persons} people, ${opening.notices.inAll} notices in them (most ${opening.notices.most}); fired in ${fire} s, delivered in ${deliver} s`,
      );
    }
    const words = await owedWords(storm.database);
    const carriers = carriersOf(await inbox.messages());
    const { lost: unsaid } = await auditNotices(storm.database, instant('2026-03-06T12:00+08:00'));
    const lost = unsaid + words.filter((word) => word.state === 'sent' && !carriers.has(wordKey(word))).length;
    const duplicates = [...carriers.values()].filter((messages) => messages.length > 1).length;
    say(`${words.length} words owed, ${lost} lost, ${duplicates} told twice`);
    if (json)
      process.stdout.write(
        `${JSON.stringify({ schema: 'zhenggai.storm/1', machine: machine(), deadlines, persons, assignSeconds: assign, openings, words: words.length, lost, duplicates })}\n`,
      );
    process.exitCode = lost === 0 && duplicates === 0 && openings.every((one) => one.messages === one.persons) ? 0 : 1;
  } finally {
    await storm.close();
    await inbox.close();
    await globalTeardown();
    removeTemporaryDirs();
  }
}

const figuresOf = (messages: readonly ReceivedMail[]): Omit<Opening, 'at' | 'seconds'> => ({
  persons: new Set(messages.map(({ person }) => person)).size,
  messages: messages.length,
  notices: {
    inAll: messages.reduce((sum, { marks }) => sum + marks.length, 0),
    most: Math.max(0, ...messages.map(({ marks }) => marks.length)),
  },
  longestHeaderBytes: Math.max(0, ...messages.map(({ raw }) => raw.indexOf('\r\n\r\n'))),
});

/** Seconds since the call, to a tenth. */
function stopwatch(): () => number {
  const startedAt = performance.now();
  return () => Math.round((performance.now() - startedAt) / 100) / 10;
}

void main();
