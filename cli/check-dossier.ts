import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Dossier } from '../domain/dossier';
import { badInput } from '../domain/failure';
import type { Instant } from '../domain/time';
import { checkDossier, type DossierCheck } from '../papers/dossier-check';
import { dossierIn } from '../papers/dossier-page';
import { readInputFile } from './files';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const text64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const instantText = z.custom<Instant>((value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)));
const event = z.object({ body: z.string(), hash: hex64, caption: z.string(), actor: z.string() });
const content = z.object({ id: z.string(), mediaType: z.string(), salt: text64.nullable(), bytes: text64.nullable() });
const file = z.object({ name: z.string().regex(/^[^/\\]+$/), label: z.string(), sha256: hex64 });
const anchor = z.object({
  schema: z.literal('zhenggai.anchor/1'),
  number: z.int().min(1),
  takenAt: instantText,
  streams: z.int().min(1),
  root: hex64,
  previous: hex64.nullable(),
  hash: hex64,
});
const proof = z.object({
  anchor,
  leaf: z.object({ stream: z.string(), version: z.int().min(1), hash: hex64 }),
  path: z.array(z.object({ side: z.enum(['left', 'right']), hash: hex64 })),
});
const dossierSchema = z.object({
  schema: z.literal('zhenggai.dossier/1'),
  stream: z.string(),
  title: z.string(),
  takenAt: instantText,
  events: z.array(event),
  contents: z.array(content),
  files: z.array(file),
  proof: proof.nullable(),
});

/** SHA-256 in lower-case hex. */
export const sha256Hex = (bytes: Uint8Array): Promise<string> => Promise.resolve(createHash('sha256').update(bytes).digest('hex'));

export interface DossierFileCheck extends DossierCheck {
  readonly stream: string;
  /** The anchor that the dossier leans on, to be compared with what is held outside. */
  readonly anchor: { readonly number: number; readonly hash: string } | null;
}

/** Checks the page of a dossier and the documents beside it, without a database. Throws `dossier.none` for a file that is none. */
export async function checkDossierFile(name: string): Promise<DossierFileCheck> {
  const read = dossierSchema.safeParse(dossierIn((await readInputFile(name)).toString('utf8')));
  if (!read.success) throw badInput('dossier.none', `${name} 不是卷宗，或已经损坏。`, '请指定 zhenggai dossier 写出的网页文件。');
  const dossier: Dossier = read.data;
  const { steps } = await checkDossier(dossier, sha256Hex).catch(() => ({ steps: [{ what: '数据已损坏，不能读取', holds: false }] }));
  const beside = await Promise.all(dossier.files.map((one) => besideStep(path.dirname(name), one)));
  const all = [...steps, ...beside];
  return {
    stream: dossier.stream,
    holds: all.every(({ holds }) => holds),
    steps: all,
    anchor: dossier.proof === null ? null : { number: dossier.proof.anchor.number, hash: dossier.proof.anchor.hash },
  };
}

async function besideStep(folder: string, { name, label, sha256 }: Dossier['files'][number]): Promise<DossierCheck['steps'][number]> {
  try {
    const holds = (await sha256Hex(await readFile(path.join(folder, name)))) === sha256;
    return { what: holds ? `附件${label}相符` : `附件${label}与校验码不符`, holds };
  } catch {
    return { what: `附件${label}不在旁边`, holds: false };
  }
}
