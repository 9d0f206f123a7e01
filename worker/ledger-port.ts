import type { LedgerPort } from '../activities/create-activities';
import { takeAnchor } from '../ledger/anchors';
import { Prisma, type Database } from '../ledger/database';
import { claimDigest, markStarted, openDigests, outgoing, recordAttempt } from '../ledger/digests';
import { advance, runCommand, UnknownToLedger } from '../ledger/step';
import { openStreams, outdatedStreams } from '../ledger/streams';

/** The ledger as activities see it, on one database. */
export const ledgerPort = (database: Database): LedgerPort => ({
  runCommand: (key, now) => runCommand(database, key, now),
  advance: (streamId, now) => advance(database, streamId, now),
  outdatedStreams: (cursor, size) => outdatedStreams(database, cursor, size),
  claimDigest: (key, now, making) => claimDigest(database, key, now, making),
  outgoing: (key, now) => outgoing(database, key, now),
  recordAttempt: (key, done) => recordAttempt(database, key, done),
  markStarted: (keys) => markStarted(database, keys),
  openDigests: () => openDigests(database),
  openStreams: (cursor, size) => openStreams(database, cursor, size),
  undecidedCommands: async () => {
    const open = await database.command.findMany({
      where: { outcome: { equals: Prisma.DbNull } },
      orderBy: { createdAt: 'asc' },
      take: 1_000,
    });
    return open.map(({ streamId, key }) => ({ streamId, key }));
  },
  takeAnchor: async (now) => (await takeAnchor(database, now)).number,
  isUnknown: (error) => error instanceof UnknownToLedger,
});
