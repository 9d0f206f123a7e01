import { print, printTable } from './output';
import type { MovedDay, RulePreview } from './rule-preview';
import { idsOf, sameForMany } from './same-for-many';

const MOST_ROWS = 40;

/** Which days would move, and which reminders would be left out. */
export function showPreview({ moved, superseded }: RulePreview): void {
  const groups = sameForMany(moved, ({ label, from, to }) => [label, from, to]);
  if (groups.length > 0) {
    print('期限移动：');
    printTable(
      [
        { title: '应办', whole: true },
        { title: '问题或轮次', whole: true },
        { title: '现期限', whole: true },
        { title: '新期限', whole: true },
      ],
      groups.slice(0, MOST_ROWS).map(([one, ids]) => [one.label, idsOf(ids), one.from, newDay(one)]),
    );
    if (groups.length > MOST_ROWS) print(`……另有${groups.length - MOST_ROWS}行，全部见 --json。`);
    print('');
  }
  const dropped = sameForMany(superseded, ({ label, rung }) => [label, rung]);
  if (dropped.length > 0) {
    print('不再发出的提醒（按新期限，日子已过）：');
    printTable(
      [{ title: '应办', whole: true }, { title: '提醒' }, { title: '问题或轮次', whole: true }],
      dropped.slice(0, MOST_ROWS).map(([one, ids]) => [one.label, one.rung, idsOf(ids)]),
    );
    print('');
  }
  const settled = moved.filter(({ from, to }) => from === to).length;
  print(
    moved.length + superseded.length === 0
      ? '没有期限移动，也没有提醒被略去。'
      : `${moved.length - settled}个期限移动${settled > 0 ? `，${settled}个期限不再是暂定` : ''}，${superseded.length}次提醒不再发出。`,
  );
}

const newDay = ({ from, to, provisional }: MovedDay): string => (from === to ? `${to}（${provisional ? '暂定' : '不再暂定'}）` : to);
