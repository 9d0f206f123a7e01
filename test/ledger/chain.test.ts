import { createHash } from 'node:crypto';
import { instant } from '../../domain/time';
import { eventBytes, eventHash, genesis, type EventRecord } from '../../ledger/chain';
import vectors from './chain-vectors.json';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

test('the committed vectors: exact bytes, hashes and links', () => {
  expect(genesis(vectors.stream)).toBe(vectors.genesis);
  let previous = sha256(vectors.stream);
  for (const { record, bytes, hash } of vectors.events) {
    expect(record.previousHash).toBe(previous);
    expect(eventBytes(record as unknown as EventRecord)).toBe(bytes);
    expect(eventHash(bytes)).toBe(hash);
    expect(sha256(bytes)).toBe(hash);
    previous = hash;
  }
});

test('an event built here, against a canonical string written by hand', () => {
  const record: EventRecord = {
    previousHash: genesis('s'),
    stream: 's',
    version: 1,
    type: 'commented',
    schemaVersion: 1,
    actor: 'a',
    via: 'test',
    commandKey: 'k',
    occurredAt: instant('2026-03-02T09:00+08:00'),
    effectiveOn: null,
    recordedAt: instant('2026-03-02T09:00:01+08:00'),
    payload: { 中: '文', b: 1, a: [true, null], absent: undefined },
  };
  const byHand = `{"actor":"a","commandKey":"k","effectiveOn":null,"occurredAt":"2026-03-02T01:00:00.000Z","payload":{"a":[true,null],"b":1,"中":"文"},"previousHash":"${sha256('s')}","recordedAt":"2026-03-02T01:00:01.000Z","schemaVersion":1,"stream":"s","type":"commented","version":1,"via":"test"}`;
  expect(eventBytes(record)).toBe(byHand);
});

test.each([
  ['a fraction', 0.1],
  ['an integer beyond 2^53', 2 ** 53],
  ['NaN', NaN],
  ['infinity', -Infinity],
  ['a bigint', 1n],
  ['half of a surrogate pair', '\ud83d'],
  ['a NUL', 'a\0b'],
  ['a key that is no whole Unicode', { '\udc00': 1 }],
])('%s is refused, however deep', (_, value) => {
  const record = { ...vectors.events[0]?.record, payload: { deep: [{ value }] } } as unknown as EventRecord;
  expect(() => eventBytes(record)).toThrow(RangeError);
});

test('the largest safe integers pass', () => {
  const record = { ...vectors.events[0]?.record, payload: { max: Number.MAX_SAFE_INTEGER, min: Number.MIN_SAFE_INTEGER } };
  expect(eventBytes(record as unknown as EventRecord)).toContain('{"max":9007199254740991,"min":-9007199254740991}');
});
