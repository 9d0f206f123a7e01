import type { IssueState } from '../issue/types';
import { dateOf, type LocalDate } from '../time';
import type { TextOf } from './listing';

/**
 * 落实情况 of an issue: the text that the office edited, else a draft from its measures. `drafted` says which, so that a paper can
 * ask for a look before it prints a draft.
 */
export function implementationOf(state: IssueState, textOf: TextOf): { readonly text: string; readonly drafted: boolean } {
  return state.implementation
    ? { text: textOf(state.implementation), drafted: false }
    : { text: implementationDraft(state, textOf), drafted: true };
}

/**
 * Drafts 落实情况 from the completed measures, in the order of the plan: `一是……（2026年6月1日完成）。二是……`, then how many are still
 * under way, then the rules made. Only what the ledger knows, in its words; nothing is upgraded. Empty when nothing is done yet, and
 * for a finding whose text may not enter.
 */
export function implementationDraft(state: IssueState, textOf: TextOf): string {
  if (state.offSystem) return '';
  const done = state.measures.flatMap(({ text, completedAt }) =>
    completedAt === null ? [] : [`${bare(textOf(text))}（${onPaper(dateOf(completedAt))}完成）`],
  );
  const rules = state.newRules.map(
    ({ name, number }) => `《${bare(textOf(name)).replace(/^《|》$/g, '')}》${number === null ? '' : `（${number}）`}`,
  );
  if (done.length === 0 && rules.length === 0) return '';
  const open = state.measures.length - done.length;
  const sentences = [
    ...(done.length === 1 ? done : done.map((sentence, index) => `${ordinal(index + 1)}是${sentence}`)),
    ...(open > 0 && done.length > 0 ? [`其余${open}项措施正在落实`] : []),
    ...(rules.length > 0 ? [`制定${rules.join('、')}`] : []),
  ];
  return sentences.map((sentence) => `${sentence}。`).join('');
}

/** Without the mark and blanks at its end, so that the draft sets its own. */
const bare = (text: string): string => text.trim().replace(/[。；;.]+$/, '');

/** As papers write a day: `2026年8月1日` (GB/T 9704). */
const onPaper = (date: LocalDate): string => {
  const [year = '', month, day] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
};

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;

/** 一, 十, 十一, 二十三 …; a plan has fewer than a hundred measures, beyond that Arabic. */
function ordinal(n: number): string {
  if (n > 99) return String(n);
  const tens = Math.floor(n / 10);
  return `${tens > 1 ? (digits[tens] ?? '') : ''}${tens > 0 ? '十' : ''}${digits[n % 10] ?? ''}`;
}
