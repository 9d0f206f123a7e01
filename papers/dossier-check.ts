import type { Dossier } from '../domain/dossier';

/** One thing that was looked at. */
export interface DossierStep {
  readonly what: string;
  readonly holds: boolean;
}

export interface DossierCheck {
  readonly holds: boolean;
  readonly steps: readonly DossierStep[];
}

/**
 * Checks a dossier against itself: every event against its hash and the event before, every content against the proof that its event
 * carries, the anchor against its root. docs/verify.md describes the same in words.
 *
 * The page of a dossier carries this very function as text, so it may use its arguments and what every browser and Node have, and
 * nothing else. `sha256` gives lower-case hex.
 */
export async function checkDossier(dossier: Dossier, sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>): Promise<DossierCheck> {
  const steps: { what: string; holds: boolean }[] = [];
  const step = (what: string, holds: boolean): void => {
    steps.push({ what, holds });
  };
  const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  const base64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  const hex = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const joined = (...parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(parts.flatMap((part) => Array.from(part)));
  interface Ref {
    readonly content: string;
    readonly sha256: string;
  }
  const refsIn = (value: unknown): Ref[] => {
    if (typeof value !== 'object' || value === null) return [];
    const { content, sha256: proof } = value as Partial<Ref>;
    if (typeof content === 'string' && typeof proof === 'string') return [{ content, sha256: proof }];
    return Object.values(value).flatMap(refsIn);
  };

  const refs: Ref[] = [];
  let previous = await sha256(utf8(dossier.stream));
  let broken = '';
  for (const [index, { body, hash }] of dossier.events.entries()) {
    const event = JSON.parse(body) as { previousHash?: string; stream?: string; version?: number; payload?: unknown };
    const linked = event.previousHash === previous && event.stream === dossier.stream && event.version === index + 1;
    if ((await sha256(utf8(body))) !== hash || !linked) {
      broken = `第${index + 1}条记录与校验码或上一条记录不符`;
      break;
    }
    previous = hash;
    refs.push(...refsIn(event.payload));
  }
  step(broken === '' ? `${dossier.events.length}条记录逐条相符、首尾相连` : broken, broken === '' && dossier.events.length > 0);

  let erased = 0;
  const wrong: string[] = [];
  for (const ref of refs) {
    const content = dossier.contents.find(({ id }) => id === ref.content);
    if (content && content.bytes === null && content.salt === null) erased += 1;
    else if (!content?.bytes || !content.salt || (await sha256(joined(base64(content.salt), base64(content.bytes)))) !== ref.sha256)
      wrong.push(ref.content);
  }
  step(
    wrong.length === 0
      ? `${refs.length - erased}段内容与记录相符${erased > 0 ? `，${erased}段已依规清除，只余校验码` : ''}`
      : `内容${wrong.join('、')}与记录不符或缺失`,
    wrong.length === 0,
  );

  const { proof } = dossier;
  if (proof === null) {
    step('还没有锚：只能证明记录前后一致，不能证明没有整本改写', true);
    return { holds: steps.every(({ holds }) => holds), steps };
  }
  const { schema, number, takenAt, streams, root, previous: before, hash: anchorHash } = proof.anchor;
  // RFC 8785: keys in the order of their code units
  const header = JSON.stringify({ number, previous: before, root, schema, streams, takenAt });
  const covered = dossier.events[proof.leaf.version - 1]?.hash === proof.leaf.hash && proof.leaf.stream === dossier.stream;
  const { hash, stream, version } = proof.leaf;
  let node = await sha256(joined(Uint8Array.of(0), utf8(JSON.stringify({ hash, stream, version }))));
  for (const { side, hash: sibling } of proof.path) {
    const [left, right] = side === 'left' ? [sibling, node] : [node, sibling];
    node = await sha256(joined(Uint8Array.of(1), hex(left), hex(right)));
  }
  const anchored = covered && node === root && (await sha256(utf8(header))) === anchorHash;
  const tail = dossier.events.length - proof.leaf.version;
  step(
    anchored
      ? `前${proof.leaf.version}条记录在总账锚第${number}号之内${tail > 0 ? `，其后${tail}条还没有锚覆盖` : ''}；请与外部保存的第${number}号锚核对：${anchorHash}`
      : `与总账锚第${number}号不符`,
    anchored,
  );
  return { holds: steps.every(({ holds }) => holds), steps };
}
