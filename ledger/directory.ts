import { datedHeads } from '../domain/base/takeover';
import type { Directory } from '../domain/directory';
import { dateOf, later, type Instant } from '../domain/time';
import { lookAtBase, seatsSeen } from './base-kind';
import { chain, databaseNow, insertEvents, lockStream, newHead, saveHeads } from './append';
import { insertContents, sealText } from './content';
import { insertRows, inTransaction, type Database } from './database';
import { loadDirectory, raiseDirectoryVersion } from './rules';

const STREAM = 'directory';

/** What an import says; the ledger gives it its version. Without substitutes nobody stands in for anybody. */
export type DirectoryContent = Pick<Directory, 'units' | 'persons' | 'posts'> & Partial<Pick<Directory, 'substitutes'>>;

/**
 * Puts a directory of units, persons and posts in force, whole. Who is left out keeps the name (old events speak of them)
 * but no post; a new head without a day takes office today. The change is a chained event; names and addresses live in erasable
 * content. Returns the new version.
 */
export async function importDirectory(
  database: Database,
  directory: DirectoryContent,
  by: { actor: string; via: string; now: Instant },
): Promise<number> {
  return inTransaction(
    database,
    async (tx) => {
      const version = await raiseDirectoryVersion(tx);
      const before = await loadDirectory(tx, version);
      const posts = datedHeads(directory.posts, { before: before.posts, seen: await seatsSeen(tx), today: dateOf(by.now) });
      const sealed = directory.persons.map((person) => ({
        id: person.id,
        ...sealText(JSON.stringify({ name: person.name, email: person.email })),
      }));
      const head = (await lockStream(tx, STREAM)) ?? newHead(STREAM, by.now);
      const { head: next, rows } = chain(
        head,
        [
          {
            type: 'directoryImported',
            payload: {
              version,
              units: directory.units,
              persons: sealed.map(({ id, ref }) => ({ id, about: ref })),
              posts,
              ...(directory.substitutes && directory.substitutes.length > 0 ? { substitutes: directory.substitutes } : {}),
            },
            actor: by.actor,
            via: by.via,
            commandKey: null,
            occurredAt: later(by.now, head.lastOccurredAt),
            effectiveOn: null,
          },
        ],
        await databaseNow(tx),
      );
      await insertContents(tx, sealed, 'application/json');
      await insertEvents(tx, rows);
      await saveHeads(tx, 'directory', [{ ...next, nextWakeAt: null, final: false }]);
      await tx.$executeRaw`DELETE FROM post`;
      await insertRows(tx, {
        table: 'unit',
        columns: 'id text, name text, kind text, parent_id text',
        rows: directory.units.map((unit) => ({ ...unit, parent_id: unit.parentId })),
        conflict: 'ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, kind = EXCLUDED.kind, parent_id = EXCLUDED.parent_id',
      });
      await insertRows(tx, {
        table: 'person',
        columns: 'id text, name text, email text',
        rows: directory.persons,
        conflict: 'ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, email = EXCLUDED.email',
      });
      await insertRows(tx, {
        table: 'post',
        columns: 'person_id text, unit_id text, role text, title text, "from" date, "to" date',
        rows: posts.map((post) => ({ ...post, person_id: post.personId, unit_id: post.unitId })),
      });
      await tx.$executeRaw`DELETE FROM substitute`;
      await insertRows(tx, {
        table: 'substitute',
        columns: 'person_id text, substitute_id text, roles text[], "from" date, "to" date',
        rows: (directory.substitutes ?? []).map(({ personId, substituteId, roles, from, to }) => ({
          person_id: personId,
          substitute_id: substituteId,
          roles,
          from,
          to,
        })),
      });
      await lookAtBase(tx, database, by.now);
      return version;
    },
    30_000,
  );
}
