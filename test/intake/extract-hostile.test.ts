import { datesIn } from '../../intake/extract/dates';
import { declaredIn } from '../../intake/extract/declared';
import { handlingIn } from '../../intake/extract/handling';
import { moneyIn } from '../../intake/extract/money';
import { roundOf } from '../../intake/extract/round';
import { percentages } from '../../intake/checks/percentages';
import { sums } from '../../intake/checks/sums';
import { amountWithoutUnit, unitSpellings } from '../../intake/checks/words';
import type { CheckInput } from '../../intake/checks/context';
import { Prose } from '../../intake/prose';
import { statusWord } from '../../intake/status-words';
import { read } from './support';

const draft = read('');

/** The checks of words look at paragraphs alone. */
const input = (prose: Prose): CheckInput => {
  return { draft, read: [], paragraphs: [prose], outside: [prose] };
};

const runs: readonly (readonly [string, (prose: Prose) => unknown])[] = [
  ['dates', (prose) => datesIn(prose)],
  ['money', moneyIn],
  ['handling', handlingIn],
  ['declared', (prose) => declaredIn([prose])],
  ['round', (prose) => roundOf([prose])],
  ['status', (prose) => statusWord(prose.text)],
  ['percentages', (prose) => percentages(input(prose))],
  ['sums', (prose) => sums(input(prose))],
  ['words', (prose) => [...unitSpellings(input(prose)), ...amountWithoutUnit(input(prose))]],
];
const hostile = [
  '1',
  '1,',
  '2024年',
  '3月',
  '一二',
  '万',
  '已未',
  '对',
  '（',
  '（立案',
  '立案、',
  '1人、',
  '共计',
  '占1',
  '问题36个',
  '能已经',
  '整改',
  '县委巡察组对',
  '反馈',
  '金额',
  ' ',
  '崖镇',
];

describe.each(runs)('%s of hostile texts cost no more than their length', (_name, run) => {
  test.each(hostile)('%j', (unit) => {
    const cost = (length: number): number => {
      const prose = Prose.ofLine(unit.repeat(Math.ceil(length / unit.length)), 1);
      return Math.min(
        ...[1, 2, 3].map(() => {
          const started = performance.now();
          run(prose);
          return performance.now() - started;
        }),
      );
    };
    cost(20_000);
    // ten times the length: far below the hundred times of a quadratic run
    expect(cost(200_000)).toBeLessThan(60 * Math.max(cost(20_000), 5));
  });
});
