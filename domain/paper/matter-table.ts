import { dayWords } from './letter-words';
import type { Letter, Matter } from './letter';

/** A list of matters laid out: the heads of its columns and the cells of each row, all rows as long as the head; a cell may have lines. */
export interface MatterTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const columns: readonly { readonly head: string; readonly cell: (matter: Matter, index: number) => string }[] = [
  { head: '序号', cell: (_, index) => String(index + 1) },
  { head: '编号', cell: ({ reference }) => reference },
  { head: '事项', cell: ({ title, relapses }) => (relapses > 0 ? `${title}（销号后反弹${relapses}次）` : title) },
  { head: '主办单位', cell: ({ unit }) => unit },
  { head: '整改期限', cell: limit },
  { head: '目前状态', cell: ({ phase }) => phase },
  { head: '此前文书', cell: ({ earlierPapers }) => earlierPapers.join('、') },
];

/** The due day, and on a line of its own how long it is past. */
function limit({ dueOn, overdueWorkdays }: Matter): string {
  return overdueWorkdays > 0 ? `${dayWords(dueOn)}\n逾期${overdueWorkdays}个工作日` : dayWords(dueOn);
}

/** A letter lists its matters when there are several, and a handover always: its reader signs for the list. */
export const listsMatters = ({ kind, matters }: Pick<Letter, 'kind' | 'matters'>): boolean => kind === 'handover' || matters.length > 1;

/** The list of a letter's matters; a column in which nothing stands is left out. */
export function matterTable(matters: readonly Matter[]): MatterTable {
  const all = columns.map(({ head, cell }) => ({ head, cells: matters.map(cell) }));
  const filled = all.filter(({ cells }) => cells.some((text) => text !== ''));
  return { head: filled.map(({ head }) => head), rows: matters.map((_, row) => filled.map(({ cells }) => cells[row] ?? '')) };
}
