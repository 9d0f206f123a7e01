import { dueOn } from '../../domain/calendar';
import { stateCouncilCalendar } from '../../domain/calendar-data';
import { classesOf, deadlineClassLabels, dueBasisOf, dueDateOf, hasTail, isPurelySustained } from '../../domain/deadline-class';
import { noDueContext, parseDuePhrase, type DueContext } from '../../domain/due-phrase';
import { localDate } from '../../domain/time';
import { acrossYears } from './due-phrase-table';

const labelsOf = (phrase: string): string =>
  classesOf(parseDuePhrase(phrase))
    .map((each) => deadlineClassLabels[each])
    .join('、');

test.each([
  ['立行立改', '立行立改'],
  ['2025年6月底前', '限期整改'],
  ['三个月内', '限期整改'],
  ['集中整改期内', '限期整改'],
  ['限期整改', '限期整改'],
  ['长期坚持', '长期坚持'],
  ['每季度一次', '长期坚持'],
  ['立行立改、长期坚持', '立行立改、长期坚持'],
  ['立行立改，2025年6月底前完成', '立行立改、限期整改'],
  ['长期坚持，2025年6月底前', '限期整改、长期坚持'],
  ['立行立改，2025年6月底前完成，长期坚持', '立行立改、限期整改、长期坚持'],
  ['已完成', ''],
  ['适时', ''],
])('%s means %s', (phrase, labels) => {
  expect(labelsOf(phrase)).toBe(labels);
});

test.each([
  // phrase, purely sustained, with a tail
  ['长期坚持', true, false],
  ['常态化推进，久久为功', true, false],
  ['自2025年7月1日起长期坚持', true, false],
  ['每年12月底前', true, false],
  ['立行立改、长期坚持', false, true],
  ['长期坚持，立行立改', false, true],
  ['10月底前整改到位，并长期坚持', false, true],
  ['长期坚持，10月底前整改到位', false, true],
  ['集中整改期内完成，长期坚持', false, true],
  ['三个月内完成，长期坚持', false, true],
  ['限期整改、长期坚持', false, true],
  ['2025年2月30日前，长期坚持', false, true],
  ['已完成整改，长期坚持', false, true],
  ['2025年6月底前', false, false],
  ['立行立改', false, false],
  ['适时', false, false],
])('%s: purely sustained %s, tail %s', (phrase, pure, tail) => {
  const read = parseDuePhrase(phrase);
  expect([isPurelySustained(read), hasTail(read)]).toEqual([pure, tail]);
});

const basisOf = (phrase: string, context: DueContext = noDueContext) => dueBasisOf(parseDuePhrase(phrase, context), context);

test.each([
  ['2025年6月底前', { named: '2025-06-30' }],
  ['2025年6月30日前', { named: '2025-06-30' }],
  ['2025年2月', { named: '2025-02-28' }],
  ['2025年春节前', { named: '2025-01-28' }],
  ['集中整改期（2025年6月底前）', { named: '2025-06-30' }],
  ['集中整改期内', { boundToPeriod: true }],
  ['集中整改期内完成，长期坚持', { boundToPeriod: true }],
  ['三个月内', { term: { amount: 3, unit: 'months', from: null }, from: null }],
  ['2025年6月前', null],
  ['2025年6月初', null],
  ['2025年三季度前', null],
  ['2025年2月30日前', null],
  ['集中整改期（2025年2月30日前）', null],
  ['10月底前', null],
  ['两会前', null],
  ['限期整改', null],
  ['立行立改', null],
  ['长期坚持', null],
  ['已完成', null],
  ['适时', null],
])('the due day of %s rests on %j', (phrase, basis) => {
  expect(basisOf(phrase)).toEqual(basis);
});

test('a term is counted from the day its anchor names', () => {
  expect(basisOf('反馈之日起三个月内', acrossYears)).toEqual({ term: { amount: 3, unit: 'months', from: 'feedback' }, from: '2022-09-15' });
  expect(basisOf('即日起两周内', acrossYears)).toEqual({ term: { amount: 14, unit: 'days', from: 'document' }, from: '2023-03-28' });
  expect(basisOf('2025年7月1日起三个月内')).toMatchObject({ from: '2025-07-01' });
  expect(basisOf('方案印发之日起一个月内', acrossYears)).toMatchObject({ from: null });
});

describe('rest days are left to the calendar', () => {
  const dueDay = (phrase: string, context: DueContext = noDueContext, periodEnd: string | null = null): string | null => {
    const basis = basisOf(phrase, context);
    const due = basis === null ? null : dueDateOf(basis, stateCouncilCalendar, periodEnd === null ? null : localDate(periodEnd));
    return due === null ? null : dueOn(stateCouncilCalendar, due).date;
  };
  const fedBack = (day: string): DueContext => ({ ...noDueContext, feedbackDate: localDate(day) });

  test.each([
    ['a named Saturday moves to Friday', '2025年5月底前', noDueContext, '2025-05-30'],
    ['before the Spring Festival means the last workday before the holiday', '2025年春节前', noDueContext, '2025-01-27'],
    ['and that may be a make-up Saturday', '2026年春节前', noDueContext, '2026-02-14'],
    ['a computed Saturday moves to Monday', '反馈之日起一个月内', fedBack('2025-05-14'), '2025-06-16'],
    ['the end of a shorter month', '反馈之日起三个月内', fedBack('2024-11-30'), '2025-02-28'],
    ['workdays pass over a holiday', '反馈之日起5个工作日内', fedBack('2025-09-29'), '2025-10-13'],
  ])('%s', (_name, phrase, context, day) => {
    expect(dueDay(phrase, context)).toBe(day);
  });

  test('the period ends where the round says, and moves with it', () => {
    expect(dueDay('集中整改期内', noDueContext, '2025-06-14')).toBe('2025-06-16');
    expect(dueDay('集中整改期内')).toBeNull();
  });

  test('a term that nobody can count is not guessed', () => {
    expect(dueDay('三个月内', acrossYears)).toBeNull();
  });
});

test('a term and the due day of its phrase agree', () => {
  for (const phrase of ['反馈之日起一个月内', '反馈之日起60天内', '反馈之日起半年内', '即日起两周内', '2025年7月1日起三个月内']) {
    const read = parseDuePhrase(phrase, acrossYears);
    const basis = dueBasisOf(read, acrossYears);
    expect(basis === null ? null : dueDateOf(basis, stateCouncilCalendar, null)?.date).toBe(read.due);
  }
});
