import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { inclusionPath, leafHash, merkleRoot, rootOfPath } from '../../ledger/merkle';

const sha = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const leaf = (text: string): Buffer => sha(Buffer.of(0), Buffer.from(text));
const node = (left: Buffer, right: Buffer): Buffer => sha(Buffer.of(1), left, right);

test('trees of up to seven leaves are what RFC 6962 draws', () => {
  const [a, b, c, d, e, f, g] = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(leaf) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  const rootOf = (...leaves: Buffer[]): string => merkleRoot(leaves);
  expect(rootOf()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(rootOf(a)).toBe(a.toString('hex'));
  expect(rootOf(a, b)).toBe(node(a, b).toString('hex'));
  expect(rootOf(a, b, c)).toBe(node(node(a, b), c).toString('hex'));
  expect(rootOf(a, b, c, d, e)).toBe(node(node(node(a, b), node(c, d)), e).toString('hex'));
  expect(rootOf(a, b, c, d, e, f, g)).toBe(node(node(node(a, b), node(c, d)), node(node(e, f), g)).toString('hex'));
});

test('a leaf is not a node: the same bytes give other hashes', () => {
  expect(leafHash('')).toEqual(leaf(''));
  expect(leafHash('ab')).not.toEqual(createHash('sha256').update('ab').digest());
});

test('the path of every leaf leads to the root, and of no other leaf', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 70 }), fc.nat(), (texts, pick) => {
      const index = pick % texts.length;
      const leaves = texts.map(leafHash);
      const path = inclusionPath(leaves, index);
      const own = texts[index] ?? '';
      return (
        rootOfPath(own, path) === merkleRoot(leaves) &&
        rootOfPath(`${own} `, path) !== merkleRoot(leaves) &&
        path.length <= Math.ceil(Math.log2(texts.length))
      );
    }),
    { numRuns: 300 },
  );
});

test('there is no path to a leaf that is not there', () => {
  expect(() => inclusionPath([leafHash('a')], 1)).toThrow(RangeError);
  expect(() => inclusionPath([], 0)).toThrow(RangeError);
});
