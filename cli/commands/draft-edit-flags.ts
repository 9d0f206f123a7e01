import { parseDuePhrase } from '../../domain/due-phrase';
import { badInput, type ZhenggaiError } from '../../domain/failure';
import { isLocalDate, type LocalDate } from '../../domain/time';
import type { DraftLedger, ReportedStatus } from '../../intake/draft';
import { readEdits, type DraftEdit } from '../../intake/draft-edit';
import { statusWords } from './read';

/** The common edits as flags give them, each `编号=值`; nothing behind `=` takes the value away. */
export interface EditFlags {
  readonly title?: readonly string[];
  readonly status?: readonly string[];
  readonly deadline?: readonly string[];
  readonly unit?: readonly string[];
  readonly leader?: readonly string[];
  readonly handler?: readonly string[];
  readonly place?: readonly string[];
  readonly match?: readonly string[];
  readonly set?: readonly string[];
  readonly onSite?: readonly string[];
  readonly aspect?: readonly string[];
  readonly category?: readonly string[];
  readonly merge?: readonly string[];
  readonly split?: readonly string[];
  readonly drop?: readonly string[];
  readonly move?: readonly string[];
}

/** The facts of a round by the words under which an office knows them. */
export const roundFields = {
  标题: 'title',
  文号: 'documentNumber',
  来源: 'kind',
  被巡察单位: 'inspectedBody',
  巡察方: 'inspectingBody',
  落款单位: 'issuedBy',
  反馈日期: 'feedbackDate',
  公开日期: 'publishedDate',
  报告日期: 'reportDate',
} as const;

/**
 * The edits that flags ask for. Issues go by their id, or by their number in the draft as it is shown, whatever the other flags do to
 * the list: values first, then merging, splitting, dropping and moving. Throws `draft.flag`, `draft.status`, `draft.deadline`,
 * `draft.issueUnknown`, `draft.edit`.
 */
export function editsOfFlags(draft: DraftLedger, flags: EditFlags): DraftEdit[] {
  const issue = (word: string): string => issueIdOf(draft, word);
  const each = (words: readonly string[] | undefined, make: (key: string, value: string) => object): object[] =>
    (words ?? []).map((word) => make(...halves(word)));
  return readEdits([
    ...each(flags.title, (key, title) => ({ type: 'setTitle', issue: issue(key), title })),
    ...each(flags.status, (key, value) => ({ type: 'setStatus', issue: issue(key), status: statusOf(value) })),
    ...each(flags.deadline, (key, value) => ({ type: 'setDeadline', issue: issue(key), deadline: deadlineOf(draft, value) })),
    ...each(flags.unit, (key, value) => ({ type: 'setParties', issue: issue(key), responsibleUnit: value || null })),
    ...each(flags.leader, (key, value) => ({ type: 'setParties', issue: issue(key), leadLeader: value || null })),
    ...each(flags.handler, (key, value) => ({ type: 'setParties', issue: issue(key), handler: value || null })),
    ...each(flags.place, (key, value) => ({ type: 'placeIssue', issue: issue(key), ...placeOf(value) })),
    ...each(flags.match, (key, value) => ({ type: 'matchIssue', issue: issue(key), issueId: value || null })),
    ...each(flags.set, (key, value) => ({ type: 'setRound', field: fieldOf(key), value: value || null })),
    ...(flags.onSite === undefined ? [] : [{ type: 'setOnSite', periods: flags.onSite.filter((one) => one !== '').map(periodOf) }]),
    ...each(flags.aspect, (key, title) => ({ type: 'nameAspect', aspectNo: Number(key), title })),
    ...each(flags.category, (key, title) => ({ type: 'nameCategory', ...categoryOf(key), title })),
    ...each(flags.merge, (key, value) => ({ type: 'mergeIssues', issue: issue(key), into: issue(value) })),
    ...each(flags.split, (key, value) => ({
      type: 'splitIssue',
      issue: issue(key),
      parts: value.split(/[;；]/).map((title) => ({ title })),
    })),
    ...each(flags.drop, (key, reason) => ({ type: 'dropIssue', issue: issue(key), reason })),
    ...each(flags.move, (key, value) => ({ type: 'moveIssue', issue: issue(key), to: Number(value) })),
  ]);
}

function halves(word: string): readonly [key: string, value: string] {
  const at = word.indexOf('=');
  if (at < 1) throw badInput('draft.flag', `“${word}”不是 编号=值。`, '例：--title 3=采购程序不规范。');
  return [word.slice(0, at).trim(), word.slice(at + 1).trim()];
}

function issueIdOf({ issues }: DraftLedger, word: string): string {
  const found = issues.find(({ id, number }) => id === word || String(number) === word);
  if (found === undefined) throw badInput('draft.issueUnknown', `草稿中没有问题${word}。`, '请填 draft show 所示的序号或编号。');
  return found.id;
}

function statusOf(value: string): ReportedStatus | null {
  if (value === '') return null;
  const all = Object.keys(statusWords) as ReportedStatus[];
  const status = all.find((one) => one === value || statusWords[one] === value);
  if (status === undefined) throw badInput('draft.status', `没有状态“${value}”。`, `可填${Object.values(statusWords).join('、')}。`);
  return status;
}

/** A day, a month, or a due phrase as an office words it, on the dates of the draft. */
function deadlineOf({ round }: DraftLedger, value: string): object | null {
  if (value === '') return null;
  if (/^\d{4}-\d{2}(-\d{2})?$/.test(value)) return { raw: value, due: value };
  const feedbackDate = dayOf(round.feedbackDate?.value);
  const notBefore = feedbackDate ?? dayOf(round.onSite.at(-1)?.end);
  const { immediate, sustained, due, limited, understood } = parseDuePhrase(value, {
    feedbackDate,
    notBefore,
    reportDate: dayOf(round.reportDate?.value),
  });
  if (!understood || (!immediate && !sustained && !limited))
    throw badInput(
      'draft.deadline',
      `看不懂时限“${value}”。`,
      '请写日期（2026-10-31）、月份（2026-10）或时限用语，如 10月底前并长期坚持。',
    );
  return { raw: value, immediate, sustained, due };
}

const dayOf = (value: string | undefined): LocalDate | null => (value !== undefined && isLocalDate(value) ? value : null);

/** `2.1`: aspect 2, category 1; `2`: aspect 2; `-.1`: a category below no aspect; empty: nowhere. */
function placeOf(value: string): object {
  const [aspect = '', category = ''] = value.split('.');
  return { aspectNo: noOf(aspect, value), categoryNo: noOf(category, value) };
}

function categoryOf(value: string): object {
  const [aspect = '', category = ''] = value.split('.');
  const categoryNo = noOf(category, value);
  if (categoryNo === null) throw place(value);
  return { aspectNo: noOf(aspect, value), categoryNo };
}

function noOf(text: string, whole: string): number | null {
  if (text === '' || text === '-') return null;
  if (!/^[1-9]\d*$/.test(text)) throw place(whole);
  return Number(text);
}

const place = (value: string): ZhenggaiError =>
  badInput('draft.flag', `“${value}”不是 方面.项。`, '例：2.1 为方面2下的项1；不分方面的项写 -.1。');

function fieldOf(key: string): string {
  const known = Object.entries(roundFields).find((pair) => pair.includes(key));
  if (known === undefined) throw badInput('draft.flag', `轮次没有“${key}”这一项。`, `可填${Object.keys(roundFields).join('、')}。`);
  return known[1];
}

function periodOf(text: string): object {
  const [start = '', end = start] = text.split(/[至~]/).map((one) => one.trim());
  return { start, end };
}
