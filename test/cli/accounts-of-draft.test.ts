import { limitsOf, roundOf } from '../../cli/accounts-of-draft';
import { localDate } from '../../domain/time';
import { read, report } from '../intake/support';

const draft = read(
  report(
    [
      '1.台账缺失。',
      '整改措施：补台账。',
      '整改时限：立行立改、长期坚持',
      '2.以往问题整改不实。2021年县委巡察反馈10个问题，已整改8个，“用车不严”“合同缺失”2个问题整改不彻底。',
      '整改措施：逐项再查。',
      '3.审计问题整改滞后。2022年县审计局审计反馈5个问题，整改到位3个，2个未整改到位。',
      '整改措施：逐项再查。',
      '整改时限：2025年6月',
    ].join('\n'),
  ),
);

test('a finding that repeats earlier ones is one finding with references to them', () => {
  const { issues } = roundOf(draft, { reported: false });
  expect(issues.map(({ number, recursOf }) => [number, recursOf])).toEqual([
    [1, undefined],
    [2, ['2021年县委巡察：用车不严', '2021年县委巡察：合同缺失']],
    [3, ['2022年县审计局审计']],
  ]);
  expect(issues.map((issue) => 'recursOf' in issue)).toEqual([false, true, true]);
});

test('the limits that the document states are at hand for the plans, as words and as read', () => {
  expect(limitsOf(draft).map(({ index, raw, due, immediate, sustained, line }) => [index, raw, due, immediate, sustained, line])).toEqual([
    [0, '立行立改、长期坚持', null, true, true, 7],
    [2, '2025年6月', '2025-06', false, false, 12],
  ]);
});

test('a title leaves the office without the private matter in it; the text keeps it', () => {
  const told = read(report('1.患者张大山投诉后无人答复\n整改措施：已向张大山道歉。\n2.张大山案卷缺失\n整改措施：补齐。'));
  expect(roundOf(told, { reported: false }).issues.map(({ title }) => title)).toEqual(['患者张某某投诉后无人答复', '张某某案卷缺失']);
  expect(roundOf(told, { reported: false }).issues[0]?.text).toContain('张大山');
});

test('the day of the feedback is the one that was told, else the one that was read', () => {
  expect(roundOf(draft, { reported: false }).feedbackOn).toBe('2024-06-12');
  expect(roundOf(draft, { reported: false, feedbackOn: localDate('2024-07-01') }).feedbackOn).toBe('2024-07-01');
});
