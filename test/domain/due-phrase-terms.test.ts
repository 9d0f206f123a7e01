import { dueQuestionTexts, noDueContext, parseDuePhrase } from '../../domain/due-phrase';
import { acrossYears, table } from './due-phrase-table';

table('terms without an anchor', noDueContext, [
  ['三个月', null, '', 'F', 'anchor'],
  ['3个月', null, '', 'F', 'anchor'],
  ['期限三个月', null, '', 'F', 'anchor'],
  ['半年', null, '', 'F', 'anchor'],
  ['两周内', null, '', 'F', 'anchor'],
  ['2周内', null, '', 'F', 'anchor'],
  ['两个星期内', null, '', 'F', 'anchor'],
  ['半个月内', null, '', 'F', 'anchor'],
  ['一个半月内', null, '', 'F', 'anchor'],
  ['一年半内', null, '', 'F', 'anchor'],
  ['两年内', null, '', 'F', 'anchor'],
  ['一个季度内', null, '', 'F', 'anchor'],
  ['3-6个月内', null, '', 'F', 'anchor'],
  ['九十日内', null, '', 'F', 'anchor'],
  ['一百八十日内', null, '', 'F', 'anchor'],
  ['90天内', null, '', 'F', 'anchor'],
  ['十五个工作日内', null, '', 'F', 'anchor'],
  ['5个工作日', null, '', 'F', 'anchor'],
  ['48小时内', null, '', 'F', 'anchor'],
  ['一个月内制定方案，三个月内完成整改', null, '', 'F', 'anchor'],
  ['待上级批复后三个月内', null, '', 'F', 'anchor'],
  ['接到交办通知后5个工作日内', null, '', 'F', 'anchor'],
]);

table('terms from an anchor', acrossYears, [
  ['自反馈之日起，三个月内完成', '2022-12-15', '', 'F'],
  ['反馈之日起60天内', '2022-11-14', '', 'F'],
  ['巡察反馈后两周内', '2022-09-29', '', 'F'],
  ['收到反馈意见之日起半年内', '2023-03-15', '', 'F'],
  ['反馈之日起一个半月内', '2022-10-30', '', 'F'],
  ['反馈之日起3个月内整改到位，长期坚持', '2022-12-15', 's', 'FS'],
  ['自2025年7月1日起三个月内', '2025-10-01', '', 'F'],
  ['2024年11月30日起三个月内', '2025-02-28', '', 'F'],
  ['即日起三个月内', '2023-06-28', '', 'F'],
  ['即日起两周内', '2023-04-11', '', 'F'],
]);

table('said from the day of the document', acrossYears, [
  ['今年底前', '2023-12-31', '', 'F'],
  ['今年年底前', '2023-12-31', '', 'F'],
  ['今年内', '2023-12-31', '', 'F'],
  ['今年年内', '2023-12-31', '', 'F'],
  ['本年度内', '2023-12-31', '', 'F'],
  ['明年上半年', '2024-06-30', '', 'F'],
  ['明年3月底前', '2024-03-31', '', 'F'],
  ['明年春节前', '2024-02-09', '', 'F'],
  ['本周内', '2023-04-02', '', 'F'],
  ['本周五前', '2023-03-31', '', 'F'],
  ['下周三前', '2023-04-05', '', 'F'],
  ['下周内', '2023-04-09', '', 'F'],
  ['本月底前', '2023-03-31', '', 'F'],
  ['月底前', '2023-03-31', '', 'F'],
  ['本月内', '2023-03-31', '', 'F'],
  ['本月31日前', '2023-03-31', '', 'F'],
  ['下月10日前', '2023-04-10', '', 'F'],
  ['下个月底前', '2023-04-30', '', 'F'],
  ['下月31日前', null, '', 'F', 'noSuchDay'],
  ['本季度末', '2023-03-31', '', 'F'],
  ['下季度末', '2023-06-30', '', 'F'],
  ['15日前', null, '', 'F', 'day'],
]);

table('relative words without the day of the document', noDueContext, [
  ['今年底前', null, '', 'F', 'year'],
  ['明年上半年', null, '', 'F', 'year'],
  ['本周内', null, '', 'F', 'anchor'],
  ['本月底前', null, '', 'F', 'anchor'],
  ['本季度末', null, '', 'F', 'anchor'],
  ['年内', null, '', 'F', 'year'],
  ['春节前', null, '', 'F', 'year'],
]);

test.each([
  ['两周内', { amount: 14, unit: 'days', from: null }],
  ['半个月内', { amount: 15, unit: 'days', from: null }],
  ['一个半月内', { amount: 45, unit: 'days', from: null }],
  ['半年内', { amount: 6, unit: 'months', from: null }],
  ['一年半内', { amount: 18, unit: 'months', from: null }],
  ['一个季度内', { amount: 3, unit: 'months', from: null }],
  ['一百八十日内', { amount: 180, unit: 'days', from: null }],
  ['48小时内', { amount: 2, unit: 'days', from: null }],
  ['三个月', { amount: 3, unit: 'months', from: null }],
  ['3-6个月内', { amount: 6, unit: 'months', from: null }],
  ['反馈之日起15个工作日内', { amount: 15, unit: 'workdays', from: 'feedback' }],
  ['接到交办通知后五个工作日内', { amount: 5, unit: 'workdays', from: 'other' }],
  ['即日起三个月内', { amount: 3, unit: 'months', from: 'document' }],
  ['2025年7月1日起三个月内', { amount: 3, unit: 'months', from: 'named', fromDate: '2025-07-01' }],
  ['一个月内制定方案，三个月内完成整改，完成后5日内报告', { amount: 3, unit: 'months', from: null }],
  ['2025年6月底前', null],
  ['每3个月内', null],
])('%s keeps its term', (phrase, term) => {
  expect(parseDuePhrase(phrase).term).toEqual(term);
});

test('every question has a sentence for the person who answers it', () => {
  for (const text of Object.values(dueQuestionTexts)) expect(text).toMatch(/请.+。$/u);
});
