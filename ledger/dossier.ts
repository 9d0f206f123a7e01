import type { Dossier, DossierContent, DossierFile } from '../domain/dossier';
import { paperLabels, type PaperKind } from '../domain/policy/policy';
import type { Instant } from '../domain/time';
import { ENGINE } from '../domain/obligation/advance';
import { anchorProof } from './anchors';
import { contentRefs } from './content';
import type { Database, Transaction } from './database';
import { letterOf } from './letter-rows';
import { personNamed } from './names';
import { loadRules } from './rules';

/** A dossier with the documents that lie beside it. */
export interface DossierFolder {
  readonly dossier: Dossier;
  readonly documents: readonly (DossierFile & { readonly bytes: Uint8Array })[];
}

/** What an event is called where people read it. */
export type Caption = (event: { readonly type: string; readonly payload: Record<string, unknown> }) => string;

/**
 * Everything that proves the life of an issue, as one snapshot: events, contents (erased ones without bytes), signed papers as documents,
 * and the way to the latest anchor that covers it. Null when there is no such issue.
 */
export async function dossierOf(
  database: Database,
  stream: string,
  { now, caption }: { readonly now: Instant; readonly caption: Caption },
): Promise<DossierFolder | null> {
  return database.$transaction(
    async (tx) => {
      const issue = await tx.issue.findUnique({ where: { id: stream } });
      if (!issue) return null;
      const { directory } = await loadRules(tx, database);
      const events = await tx.event.findMany({ where: { streamId: stream }, orderBy: { version: 'asc' } });
      const payloads = events.map(({ payload }) => payload as Record<string, unknown>);
      const ids = [...new Set(payloads.flatMap((payload) => contentRefs(payload).map(({ content }) => content)))];
      const documents = await documentsOf(tx, stream);
      const frozen = await frozenNames(tx, payloads);
      return {
        dossier: {
          schema: 'zhenggai.dossier/1',
          stream,
          title: issue.title,
          takenAt: now,
          events: events.map(({ body, hash, type, actor }, index) => ({
            body,
            hash,
            caption: caption({ type, payload: payloads[index] ?? {} }),
            actor: actor === ENGINE ? '系统' : (frozen.get(actor) ?? personNamed(directory, actor).name),
          })),
          contents: await contentsOf(tx, ids),
          files: documents.map(({ name, label, sha256 }) => ({ name, label, sha256 })),
          proof: await anchorProof(tx, stream),
        },
        documents,
      };
    },
    { isolationLevel: 'RepeatableRead', timeout: 60_000 },
  );
}

async function contentsOf(tx: Transaction, ids: readonly string[]): Promise<DossierContent[]> {
  const rows = await tx.content.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
  return rows.map(({ id, mediaType, salt, bytes }) => ({ id, mediaType, salt: base64(salt), bytes: base64(bytes) }));
}

const base64 = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('base64'));

/** Names as they were when the issue was closed, by person. */
async function frozenNames(tx: Transaction, payloads: readonly Record<string, unknown>[]): Promise<ReadonlyMap<string, string>> {
  const [ref] = payloads.flatMap((payload) => ('people' in payload ? contentRefs(payload['people']) : [])).slice(-1);
  const bytes = ref && (await tx.content.findUnique({ where: { id: ref.content } }))?.bytes;
  if (!bytes) return new Map();
  const people = JSON.parse(Buffer.from(bytes).toString('utf8')) as { id: string; name: string }[];
  return new Map(people.map(({ id, name }) => [id, name]));
}

/** The composed documents of the issue's signed papers. */
async function documentsOf(tx: Transaction, stream: string): Promise<DossierFolder['documents']> {
  const rows = await tx.$queryRaw<{ kind: PaperKind; number: string; sha256: string; bytes: Uint8Array | null }[]>`
    SELECT DISTINCT l.kind, l.number, l.sha256, c.bytes
    FROM (SELECT ${letterOf} AS id FROM event WHERE stream_id = ${stream} AND type = 'paperSigned') signed
    JOIN letter l ON l.id = signed.id JOIN content c ON c.id = l.content_id ORDER BY l.kind, l.number`;
  return rows.flatMap(({ kind, number, sha256, bytes }) =>
    bytes === null ? [] : [{ name: `${paperLabels[kind]}${number}.docx`, label: `${paperLabels[kind]}${number}`, sha256, bytes }],
  );
}
