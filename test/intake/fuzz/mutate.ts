/** A stream of numbers that a seed decides: mulberry32, public domain. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Dice {
  readonly next: () => number;
  readonly below: (limit: number) => number;
  readonly pick: <T>(some: readonly T[]) => T;
}

export function diceOf(seed: number): Dice {
  const next = randomOf(seed);
  const below = (limit: number): number => Math.floor(next() * limit);
  return { next, below, pick: <T>(some: readonly T[]) => some[below(some.length)] as T };
}

const snippets = [
  ...['一、', '（一）', '1.', '2、', '(1)', '（12）', '①', '一是', '二是', '第三个问题', '【反馈问题一】', '1.2.3 ', '●', 'A.'],
  ...[
    '整改情况：',
    '整改措施：',
    '整改时限：',
    '责任单位：',
    '反馈问题：',
    '整改状态：',
    '序号\t反馈问题\t整改措施',
    '序号,反馈问题,整改措施',
  ],
  ...[
    '2022年',
    '13月',
    '3月15日',
    '1.25万元',
    '99999999999999999999元',
    '对4人',
    '谈话提醒0人次',
    '已完成整改',
    '长期坚持',
    '底前',
    '12个问题',
  ],
  ...[
    '“',
    '”',
    '（',
    '）',
    '《',
    '。',
    '，',
    ',',
    '\t',
    '"',
    '\n',
    '\r\n',
    '\n\n',
    '　',
    '\u0000',
    '\u000c',
    '\uFEFF',
    '\uFFFD',
    '\uD800',
    '𠀀',
    '😀',
    '★',
    '秘密★1年',
  ],
  ...[
    '<table><tr><td>',
    '</td></tr></table>',
    '<!--',
    '&#x41;',
    '&nbsp;',
    '<script>',
    '<ol><li>',
    '<w:t>',
    '=1+1',
    '[一-龥]{99}',
    '.*'.repeat(20),
  ],
];

type Mutation = (text: string, dice: Dice) => string;

const spanOf = (text: string, dice: Dice): [number, number] => {
  const at = dice.below(text.length + 1);
  return [at, Math.min(text.length, at + 1 + dice.below(Math.max(1, Math.floor(text.length / 6))))];
};

const mutations: readonly Mutation[] = [
  (text, dice) => {
    const at = dice.below(text.length + 1);
    return text.slice(0, at) + dice.pick(snippets) + text.slice(at);
  },
  (text, dice) => {
    const [at, end] = spanOf(text, dice);
    return text.slice(0, at) + text.slice(end);
  },
  (text, dice) => {
    const [at, end] = spanOf(text, dice);
    return text.slice(0, end) + text.slice(at, end).repeat(1 + dice.below(4)) + text.slice(end);
  },
  (text, dice) => {
    const lines = text.split('\n');
    const [a, b] = [dice.below(lines.length), dice.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return lines.join('\n');
  },
  (text) => text.replaceAll('：', ':').replaceAll('，', ',').replaceAll('（', '(').replaceAll('）', ')'),
  (text) => text.replaceAll('\n', ''),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text.replaceAll('。', '。\n'),
  (text, dice) => text.replaceAll(dice.pick(['整改情况', '整改措施', '问题', '一', '1', '。']), dice.pick(snippets)),
  (text, dice) => text.slice(0, dice.below(text.length + 1)),
  (text, dice) => dice.pick(['（', '“', '《', '<div>', '1.', '一、\n', '一是']).repeat(1 + dice.below(400)) + text,
  (text, dice) => {
    const at = dice.below(text.length + 1);
    return text.slice(0, at) + String.fromCharCode(dice.below(0x10000)) + text.slice(at + 1);
  },
];

/** A text after one to four mutations. */
export function mutated(text: string, dice: Dice): string {
  let result = text;
  for (let left = 1 + dice.below(4); left > 0; left -= 1) result = dice.pick(mutations)(result, dice);
  return result.slice(0, 200_000);
}

/** Bytes with some of them changed, lost or doubled. */
export function mutatedBytes(bytes: Buffer, dice: Dice): Buffer {
  let result = Buffer.from(bytes);
  for (let left = 1 + dice.below(6); left > 0 && result.length > 0; left -= 1) {
    const at = dice.below(result.length);
    const kind = dice.below(4);
    if (kind === 0) result[at] = dice.below(256);
    else if (kind === 1) result = result.subarray(0, at);
    else if (kind === 2)
      result = Buffer.concat([result.subarray(0, at), result.subarray(Math.min(result.length, at + 1 + dice.below(64)))]);
    else result = Buffer.concat([result.subarray(0, at), result.subarray(Math.max(0, at - dice.below(256)))]);
  }
  return result;
}
