import { createHash } from 'node:crypto';

// Merkle trees as RFC 6962, section 2.1, has them: a leaf is SHA-256(0x00 ‖ data), a node SHA-256(0x01 ‖ left ‖ right).

type Hash = Buffer;

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const leafHash = (data: string): Hash => createHash('sha256').update(LEAF).update(data, 'utf8').digest();
const nodeHash = (left: Hash, right: Hash): Hash => createHash('sha256').update(NODE).update(left).update(right).digest();

/** The largest power of two below `count`; where a tree of that many leaves is split. */
function splitOf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

/** The root of hashed leaves, lower-case hex; of none, SHA-256 of nothing. */
export const merkleRoot = (leaves: readonly Hash[]): string =>
  (leaves.length === 0 ? createHash('sha256').digest() : rootOf(leaves, 0, leaves.length)).toString('hex');

function rootOf(leaves: readonly Hash[], from: number, to: number): Hash {
  const [only] = leaves.slice(from, from + 1);
  if (to - from === 1 && only) return only;
  const middle = from + splitOf(to - from);
  return nodeHash(rootOf(leaves, from, middle), rootOf(leaves, middle, to));
}

/** A sibling on the way from a leaf to the root, and on which side of it the sibling stands. */
export interface PathStep {
  readonly side: 'left' | 'right';
  readonly hash: string;
}

/** The siblings of the leaf at `index`, from the leaf upwards. Throws a RangeError when there is no such leaf. */
export function inclusionPath(leaves: readonly Hash[], index: number): PathStep[] {
  if (!(index >= 0 && index < leaves.length)) throw new RangeError(`no leaf ${index} among ${leaves.length}`);
  const path: PathStep[] = [];
  const down = (from: number, to: number): void => {
    if (to - from === 1) return;
    const middle = from + splitOf(to - from);
    if (index < middle) {
      down(from, middle);
      path.push({ side: 'right', hash: rootOf(leaves, middle, to).toString('hex') });
    } else {
      down(middle, to);
      path.push({ side: 'left', hash: rootOf(leaves, from, middle).toString('hex') });
    }
  };
  down(0, leaves.length);
  return path;
}

/** The root that a leaf and its path lead to, lower-case hex. */
export const rootOfPath = (data: string, path: readonly PathStep[]): string =>
  path
    .reduce((hash, step) => {
      const sibling = Buffer.from(step.hash, 'hex');
      return step.side === 'left' ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    }, leafHash(data))
    .toString('hex');
