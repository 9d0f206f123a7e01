import { readCommand } from '../../cli/command-input';
import { hasDuePhrase, resolveDuePhrases, type DueAnchors } from '../../cli/due-phrase-input';
import { stateCouncilCalendar } from '../../domain/calendar-data';
import { dueQuestionTexts, type DueQuestion } from '../../domain/due-phrase';
import { localDate } from '../../domain/time';
import { refusalOf } from './support';

/** Fed back on Monday 2 March 2026, planned on Wednesday 1 April; the period ends on 2 June. */
const anchors: DueAnchors = {
  feedbackOn: localDate('2026-03-02'),
  periodEnd: localDate('2026-06-02'),
  saidOn: localDate('2026-04-01'),
  calendar: stateCouncilCalendar,
};
const measure = (dueOn: unknown, more: object = {}): Record<string, unknown> => ({ unitId: 'u', text: '甲', dueOn, ...more });
const plan = (...measures: unknown[]): Record<string, unknown> => ({ measures });
/** The first measure as the ledger would get it. */
const proposed = (dueOn: unknown, more: object = {}, under: DueAnchors = anchors): unknown => {
  const command = readCommand('proposePlan', resolveDuePhrases(plan(measure(dueOn, more)), under)) as unknown as { measures: unknown[] };
  return command.measures[0];
};
const refused = (dueOn: unknown, more: object = {}, under: DueAnchors = anchors) => refusalOf(() => proposed(dueOn, more, under)).failure;

describe('a measure whose limit is worded', () => {
  test.each([
    ['2025年12月以前的话，2026年6月底前', '2026-06-30', false],
    ['10月底前', '2026-10-31', false], // a Saturday: the ledger moves a named day itself
    ['10月底前并长期坚持', '2026-10-31', true],
    ['2026年6月', '2026-06-30', false],
    ['第三季度', '2026-09-30', false],
    ['国庆节前', '2026-09-30', false],
    ['2027年春节前', '2027-02-05', false],
    ['2026.6.30', '2026-06-30', false],
    ['2026-06-30前立行立改', '2026-06-30', false],
    ['反馈之日起三个月内', '2026-06-02', false],
    ['反馈之日起62天内', '2026-05-06', false], // 3 May is a holiday: a computed day moves to the next workday
    ['即日起10个工作日内', '2026-04-16', false], // over Qingming, 4 to 6 April
    ['自2026年5月10日起一个月内并长期坚持', '2026-06-10', true],
    ['集中整改期内', '2026-06-02', false],
    ['集中整改期内，5月底前', '2026-05-31', false],
    ['长期坚持', null, true],
    ['每季度一次', null, true],
  ])('%s', (phrase, dueOn, sustained) => {
    expect(proposed(phrase)).toEqual({ unitId: 'u', text: '甲', dueOn, sustained, dueRaw: phrase });
  });

  test('a day as before, with nothing added', () => {
    expect(proposed('2026-06-30')).toEqual({ unitId: 'u', text: '甲', dueOn: '2026-06-30', sustained: false });
    expect(proposed(null, { sustained: 'true' })).toEqual({ unitId: 'u', text: '甲', dueOn: null, sustained: true });
    expect(hasDuePhrase('proposePlan', plan(measure('2026-06-30'), measure(null), measure(undefined), 'x'))).toBe(false);
  });

  test('its words are kept as they were given, or as the plan words them', () => {
    expect(proposed(' 6月底前 ')).toMatchObject({ dueRaw: '6月底前' });
    expect(proposed('6月底前', { dueRaw: '上半年' })).toMatchObject({ dueOn: '2026-06-30', dueRaw: '上半年' });
  });

  test('sustained by its own mark beside a limit', () => {
    expect(proposed('6月底前', { sustained: true })).toMatchObject({ dueOn: '2026-06-30', sustained: true });
  });

  test('its milestones too', () => {
    const milestones = [
      { label: '初稿', dueOn: '4月底前' },
      { label: '印发', dueOn: '2026-05-20' },
    ];
    expect(proposed('6月底前', { milestones })).toMatchObject({
      milestones: [
        { label: '初稿', dueOn: '2026-04-30' },
        { label: '印发', dueOn: '2026-05-20' },
      ],
    });
    expect(hasDuePhrase('proposePlan', plan(measure('2026-06-30', { milestones })))).toBe(true);
  });

  test('only of a plan', () => {
    expect(hasDuePhrase('proposePlan', plan(measure('6月底前')))).toBe(true);
    expect(hasDuePhrase('requestExtension', { newDueOn: '6月底前' })).toBe(false);
  });
});

describe('what a phrase leaves open is asked, never guessed', () => {
  test.each<[string, DueQuestion]>([
    ['见附件', 'words'],
    ['', 'words'],
    ['限期整改', 'limit'],
    ['限期整改并长期坚持', 'limit'],
    ['春节前', 'year'], // this year's is over
    ['3月底前', 'year'],
    ['6月初', 'day'],
    ['2026-02-30', 'noSuchDay'],
    ['2050年春节前', 'festival'],
    ['汛期前', 'event'],
    ['三个月内', 'anchor'],
    ['问题移交之日起三个月内', 'anchor'],
  ])('%s', (phrase, question) => {
    expect(refused(phrase)).toEqual({
      code: `due.${question}`,
      what: `第1条措施的时限“${phrase}”不能确定到日。`,
      todo: dueQuestionTexts[question],
    });
  });

  test.each([
    ['立行立改', {}, anchors, 'due.immediate'],
    ['立行立改、长期坚持', {}, anchors, 'due.immediate'],
    ['已于3月完成', {}, anchors, 'due.done'],
    ['集中整改期内', {}, { ...anchors, periodEnd: null }, 'due.period'],
    ['6月底前并长期坚持', { sustained: 'false' }, anchors, 'due.sustained'],
    ['6月底前'.padEnd(101, '前'), {}, anchors, 'due.length'],
    ['6月底前', { milestones: [{ label: '初稿', dueOn: '长期坚持' }] }, anchors, 'due.milestone'],
    ['6月底前', { milestones: [{ label: '初稿', dueOn: '5月初' }] }, anchors, 'due.day'],
  ])('%s %j', (phrase, more, under, code) => {
    expect(refused(phrase, more, under)).toMatchObject({ code, what: expect.stringMatching(/^第1条措施.*。$/) as string });
  });

  test('the measure is named by its place', () => {
    const { failure } = refusalOf(() => resolveDuePhrases(plan(measure('6月底前'), measure('三个月内')), anchors));
    expect(failure.what).toMatch(/^第2条措施/);
  });

  test('what is no plan at all is left to the check of its shape', () => {
    for (const fields of [{}, { measures: '6月底前' }, plan('6月底前', null, [1])])
      expect(resolveDuePhrases(fields, anchors)).toEqual(fields);
    expect(refused(20260630)).toMatchObject({ code: 'command.field' });
    expect(refused('6月底前', { milestones: '初稿' })).toMatchObject({ code: 'command.field' });
  });

  test('a paper that is recorded later speaks from its own day', () => {
    expect(proposed('3月底前', {}, { ...anchors, saidOn: localDate('2026-03-10') })).toMatchObject({ dueOn: '2026-03-31' });
    expect(proposed('即日起一个月内', {}, { ...anchors, saidOn: localDate('2026-03-10') })).toMatchObject({ dueOn: '2026-04-10' });
  });
});
