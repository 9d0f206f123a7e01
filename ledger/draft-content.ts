import { badInput, ZhenggaiError } from '../domain/failure';
import { contentHash, insertContents, sealText, type SealedContent } from './content';
import type { Transaction } from './database';

// A draft holds names and whole findings: what was read and what was edited is content, erasable by a recorded event.

/** Stores a value as JSON and returns its reference. */
export async function keepJson(tx: Transaction, value: unknown): Promise<SealedContent['ref']> {
  const sealed = sealText(JSON.stringify(value));
  await insertContents(tx, [sealed], 'application/json; charset=utf-8');
  return sealed.ref;
}

/** Stores a sentence and returns its id. */
export async function keepText(tx: Transaction, text: string): Promise<string> {
  const sealed = sealText(text);
  await insertContents(tx, [sealed]);
  return sealed.ref.content;
}

interface Row {
  readonly id: string;
  readonly salt: Uint8Array | null;
  readonly bytes: Uint8Array | null;
}

/** The JSON values of references, in their order. Throws `draft.erased`, and `draft.damaged` when one is not what its proof says. */
export async function readJson(tx: Pick<Transaction, '$queryRaw'>, refs: readonly SealedContent['ref'][]): Promise<unknown[]> {
  const rows = await tx.$queryRaw<Row[]>`SELECT id, salt, bytes FROM content WHERE id = ANY(${refs.map(({ content }) => content)}::text[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return refs.map(({ content, sha256 }) => {
    const { salt = null, bytes = null } = byId.get(content) ?? {};
    if (salt === null || bytes === null) throw badInput('draft.erased', '草稿的内容已按决定删除。', '请重新读取文件。');
    if (contentHash(salt, bytes) !== sha256)
      throw new ZhenggaiError('doesNotHold', {
        code: 'draft.damaged',
        what: '草稿的内容与校验码不符。',
        todo: '请重新读取文件，并查明原因。',
      });
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  });
}
