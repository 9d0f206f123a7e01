import type { DigestKey } from './notices';

/** What reconcile looks for, with what the administrator reads. docs/reconcile.md says what to do about each. */
export const findingLabels = {
  overslept: '到点未提醒',
  silentOverdue: '逾期无红色提醒',
  unsent: '通知未发出',
  undelivered: '汇总未送达',
  toCall: '电话提醒未办',
  undecided: '办理无结果',
  unwritten: '通知未写成',
  paperUnsent: '文书未通知',
  lifeless: '流程未运行',
  withheld: '恢复后待确认',
} as const;

export type FindingKind = keyof typeof findingLabels;

/** What mends a finding without anybody being told twice: each of these is idempotent. */
export type Repair =
  | { readonly does: 'startLife' | 'stirLife'; readonly streamId: string }
  | { readonly does: 'startDelivery'; readonly digest: DigestKey }
  | { readonly does: 'sendCommand'; readonly streamId: string; readonly key: string };

/** One thing that is wrong. Its key is the alarm's, `kind/…`; null as repair: a person must look. */
export interface ReconcileFinding {
  readonly kind: FindingKind;
  readonly key: string;
  /** Chinese, one sentence; numbers and days only, persons by `personMark`: names stand where they can be erased. */
  readonly what: string;
  readonly repair: Repair | null;
}

/** A stream that no workflow lives, as a finding. */
export const lifeless = (streamId: string): ReconcileFinding => ({
  kind: 'lifeless',
  key: `lifeless/${streamId}`,
  what: `${streamLabel(streamId)}的流程没有运行。`,
  repair: { does: 'startLife', streamId },
});

/** `问题R1-012`, `轮次R1`, `基础数据`. */
export function streamLabel(streamId: string): string {
  if (streamId === 'base') return '基础数据';
  return streamId.startsWith('round/') ? `轮次${streamId.slice('round/'.length)}` : `问题${streamId}`;
}

/** A person in a stored sentence: `{p-17}`. */
export const personMark = (id: string): string => `{${id}}`;

/** The sentence with every person as `nameOf` has it. */
export const withPersons = (sentence: string, nameOf: (id: string) => string): string =>
  sentence.replace(/\{([^{}]+)\}/g, (_, id: string) => nameOf(id));
