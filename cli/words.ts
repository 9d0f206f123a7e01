import type { PaperState } from '../domain/obligation/types';
import type { LocalDate } from '../domain/time';
import type { Named } from '../ledger/names';

/** 中文 of where a paper stands. */
export const paperStates: Readonly<Record<string, string>> = {
  draft: '待签发',
  held: '暂缓签发',
  declined: '不予签发',
  issued: '待回复',
  replied: '已回复',
  lapsed: '未发已结',
} satisfies Record<PaperState, string>;

/** `2027-01-08（暂定）` */
export const dueText = ({ dueOn, provisional }: { readonly dueOn: LocalDate; readonly provisional: boolean }): string =>
  provisional ? `${dueOn}（暂定）` : dueOn;

/** `霍明哲（责任单位负责人）`, or 空缺. */
export const whoOwes = ({ persons, holderLabel }: { readonly persons: readonly Named[]; readonly holderLabel: string }): string =>
  `${persons.map(({ name }) => name).join('、') || '空缺'}（${holderLabel}）`;
