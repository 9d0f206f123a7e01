import { chineseNumber, noDueContext, parseDuePhrase, type DueContext } from '../../domain/due-phrase';
import { localDate } from '../../domain/time';

/** Fed back in autumn, reported in the following spring: October is decided only in one of the two years. */
const acrossYears: DueContext = {
  feedbackDate: localDate('2022-09-15'),
  notBefore: localDate('2022-09-15'),
  reportDate: localDate('2023-03-28'),
};
/** On site until the end of June, reported in October of the same year; no feedback date. */
const withinYear: DueContext = { feedbackDate: null, notBefore: localDate('2022-06-30'), reportDate: localDate('2022-10-30') };

type Row = readonly [phrase: string, due: string | null, flags?: string];

/** Flags: i immediate, s sustained, d done, ? not understood. */
const flagsOf = (phrase: string, context: DueContext): string => {
  const { immediate, sustained, done, understood } = parseDuePhrase(phrase, context);
  return `${immediate ? 'i' : ''}${sustained ? 's' : ''}${done ? 'd' : ''}${understood ? '' : '?'}`;
};

function table(name: string, context: DueContext, rows: readonly Row[]): void {
  describe(name, () => {
    test.each(rows.map(([phrase, due, flags = '']) => ({ phrase, due, flags })))('$phrase → $due', ({ phrase, due, flags }) => {
      expect([parseDuePhrase(phrase, context).due, flagsOf(phrase, context)]).toEqual([due, flags]);
    });
  });
}

table('classes without a date', noDueContext, [
  ['立行立改', null, 'i'],
  ['立即整改', null, 'i'],
  ['立整立改', null, 'i'],
  ['立查立改', null, 'i'],
  ['即知即改', null, 'i'],
  ['边查边改', null, 'i'],
  ['长期坚持', null, 's'],
  ['持续整改', null, 's'],
  ['长期整改', null, 's'],
  ['常态化推进', null, 's'],
  ['立行立改、长期坚持', null, 'is'],
  ['立行立改并长期坚持', null, 'is'],
  ['集中整改期内', null],
  ['尽快', null, '?'],
  ['', null, '?'],
  ['见方案', null, '?'],
]);

table('dates with their year', noDueContext, [
  ['2025年6月底前', '2025-06-30'],
  ['2025年6月底', '2025-06-30'],
  ['2025年2月末', '2025-02-28'],
  ['2024年2月底前完成', '2024-02-29'],
  ['2025年6月', '2025-06'],
  ['2025年6月份', '2025-06'],
  ['2025年6月前', '2025-06'],
  ['2025年6月30日前', '2025-06-30'],
  ['2025年 6 月 30 日', '2025-06-30'],
  ['２０２５年６月３０日前', '2025-06-30'],
  ['2025.6.30', '2025-06-30'],
  ['2025-06-30', '2025-06-30'],
  ['2025/6/30前', '2025-06-30'],
  ['2025.6', '2025-06'],
  ['2025-12', '2025-12'],
  ['二〇二五年六月三十日前', '2025-06-30'],
  ['二〇二五年十二月底', '2025-12-31'],
  ['2025年6月上旬', '2025-06-10'],
  ['2025年6月中旬前', '2025-06-20'],
  ['2025年6月下旬', '2025-06-30'],
  ['2025年6月初', '2025-06'],
  ['2025年第一季度', '2025-03-31'],
  ['2025年第三季度末', '2025-09-30'],
  ['2025年四季度', '2025-12-31'],
  ['2025年上半年', '2025-06-30'],
  ['2025年下半年', '2025-12-31'],
  ['2025年底前', '2025-12-31'],
  ['2025年年底', '2025-12-31'],
  ['2025年末', '2025-12-31'],
  ['2025年内', '2025-12-31'],
  ['2025年春节前', '2025-01-28'],
  ['2026年元旦前', '2025-12-31'],
  ['2025年国庆前', '2025-09-30'],
  ['2025年7月1日至12月31日', '2025-12-31'],
  ['2025年3月—2025年6月底', '2025-06-30'],
  ['2025年6月底前，长期坚持', '2025-06-30', 's'],
  ['立行立改，2025年6月底前完成', '2025-06-30', 'i'],
  ['2025年2月30日前', null],
  ['2025年13月', null],
  ['已于2025年6月完成', null, 'd'],
  ['已完成', null, 'd'],
]);

table('terms', acrossYears, [
  ['反馈之日起一个月内', '2022-10-15'],
  ['自巡察反馈之日起3个月内', '2022-12-15'],
  ['反馈后30日内', '2022-10-15'],
  ['收到反馈意见后两周内', '2022-09-29'],
  ['反馈之日起半年内', '2023-03-15'],
  ['反馈之日起一年内', '2023-09-15'],
  ['反馈之日起15个工作日内', null],
  ['三个月内', null],
  ['半年内', null],
  ['方案印发之日起一个月内', null],
]);

table('an elided year, decided by the text or not at all', acrossYears, [
  ['10月底前', null],
  ['2月底前', '2023-02-28'],
  ['5月底前', '2023-05-31'],
  ['年底前', null],
  ['春节前', '2023-01-21'],
  ['第一季度', '2023-03-31'],
  ['今年6月底前', '2023-06-30'],
  ['明年6月底前', '2024-06-30'],
]);

table('an elided year within one year', withinYear, [
  ['10月底前', '2022-10-31'],
  ['10月底前整改到位，并长期坚持', '2022-10-31', 's'],
  ['十月底前', '2022-10-31'],
  ['7月', '2022-07'],
  ['5月底前', null],
  ['年底前', '2022-12-31'],
]);

test('an elided year without any context stays open', () => {
  expect(parseDuePhrase('10月底前').due).toBeNull();
  expect(parseDuePhrase('2025年10月底前').yearStated).toBe(true);
  expect(parseDuePhrase('10月底前', withinYear).yearStated).toBe(false);
});

test('a term keeps its words for a calendar to compute', () => {
  expect(parseDuePhrase('收到反馈意见后15个工作日内').term).toEqual({ amount: 15, unit: 'workdays', from: 'feedback' });
  expect(parseDuePhrase('三个月内').term).toEqual({ amount: 3, unit: 'months', from: null });
});

test.each([
  ['十', 10],
  ['十二', 12],
  ['二十', 20],
  ['三十八', 38],
  ['一百零五', 105],
  ['两', 2],
  ['二〇二五', 2025],
  ['38', 38],
  ['百姓', null],
  ['', null],
])('chineseNumber(%s) = %s', (text, number) => {
  expect(chineseNumber(text)).toBe(number);
});
