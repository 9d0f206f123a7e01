import type { Database } from '../ledger/database';
import { nextDue, type DueRow } from '../ledger/queries';
import type { Instant } from '../domain/time';
import { dateOf } from '../domain/time';
import { print, printTable } from './output';
import { idsOf, sameForMany } from './same-for-many';
import type { Cell } from './table';

const MOST_ROWS = 12;

/** A short table of who owes what next: the same debt of several issues is one row. */
export async function printNextDue(database: Database, now: Instant): Promise<void> {
  const rows = grouped(await nextDue(database, { now, limit: 500 }));
  if (rows.length === 0) {
    print('目前没有应办事项。');
    return;
  }
  print('接下来应办：');
  printTable(
    [
      { title: '期限', whole: true },
      { title: '剩余', whole: true },
      { title: '应办', whole: true },
      { title: '问题', whole: true },
      { title: '应办人' },
      { title: '下一步' },
    ],
    rows
      .slice(0, MOST_ROWS)
      .map(([first, ids]) => [
        first.provisional ? `${first.dueOn}（暂定）` : first.dueOn,
        left(first),
        first.label,
        idsOf(ids),
        `${first.persons.map(({ name }) => name).join('、') || '空缺'}（${first.holderLabel}）`,
        first.nextRung ? `${dateOf(first.nextRung.at)} ${first.nextRung.label}` : null,
      ]),
  );
  if (rows.some(([{ provisional }]) => provisional)) print('“暂定”：该年的节假日安排尚未录入，公布后期限可能移动。');
  if (rows.length > MOST_ROWS) print(`……另有${rows.length - MOST_ROWS}项，见 zhenggai issue list。`);
}

export const left = ({ overdue, workdaysLeft }: Pick<DueRow, 'overdue' | 'workdaysLeft'>): Cell =>
  overdue
    ? { text: `逾期${Math.abs(workdaysLeft)}个工作日`, tone: 'red' }
    : { text: workdaysLeft === 0 ? '今天' : `${workdaysLeft}个工作日`, tone: workdaysLeft <= 3 ? 'yellow' : 'none' };

const grouped = (rows: readonly DueRow[]): [DueRow, string[]][] =>
  sameForMany(rows, ({ dueOn, label, holder, persons }) => [dueOn, label, holder, persons.map(({ id }) => id).join()]);
