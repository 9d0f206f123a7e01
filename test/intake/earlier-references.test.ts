import fc from 'fast-check';
import { earlierReferences } from '../../intake/earlier-references';
import type { DraftIssue } from '../../intake';
import { by, given, stands, state, text, underWay } from '../domain/support';

type Earlier = NonNullable<DraftIssue['earlier']>;
const earlier = (more: Partial<Earlier>): Pick<DraftIssue, 'earlier'> => ({
  earlier: {
    source: '2021年县委巡察',
    year: 2021,
    findings: null,
    rectified: null,
    sustained: null,
    outstanding: null,
    named: [],
    raw: '2021年县委巡察反馈问题整改不彻底',
    line: 1,
    ...more,
  },
});

test.each<[string, Partial<Earlier>, string[]]>([
  ['one a named finding', { named: ['用车不严', '台账缺失'] }, ['2021年县委巡察：用车不严', '2021年县委巡察：台账缺失']],
  ['else the round', {}, ['2021年县委巡察']],
  ['the year stands in front when the round does not name it', { source: '县委第二巡察组', year: 2020 }, ['2020年县委第二巡察组']],
  ['a round of two years keeps its words', { source: '2018年至2019年巡察', year: null }, ['2018年至2019年巡察']],
  ['without a round the finding alone', { source: null, year: null, named: ['用车不严'] }, ['用车不严']],
  ['without either the words', { source: null, year: null, raw: '上次反馈的4个问题有2个未解决' }, ['上次反馈的4个问题有2个未解决']],
  ['the same name once', { named: ['用车不严', '用车不严'] }, ['2021年县委巡察：用车不严']],
])('%s', (_what, more, references) => {
  expect(earlierReferences(earlier(more))).toEqual(references);
});

test('none for an issue that is about no earlier round', () => {
  expect([earlierReferences({ earlier: null }), earlierReferences({})]).toEqual([[], []]);
});

test('more than may be linked are the round as a whole', () => {
  const named = Array.from({ length: 51 }, (_, index) => `第${index + 1}项`);
  expect(earlierReferences(earlier({ named }))).toEqual(['2021年县委巡察']);
  expect(earlierReferences(earlier({ named: named.slice(1) }))).toHaveLength(50);
});

test('whatever was read, linkRecurrence accepts the references as they are', () => {
  const words = fc.string({ unit: fc.constantFrom('长', '期', 'A', '𠮷', '“'), minLength: 1, maxLength: 150 });
  fc.assert(
    fc.property(fc.option(words), words, fc.array(words, { maxLength: 60 }), (source, raw, named) => {
      const recursOf = earlierReferences(earlier({ source, raw, named }));
      given(underWay())
        .when('2026-04-13T09:00+08:00', by('office', { type: 'linkRecurrence', recursOf, reason: text('reason') }))
        .then(stands('rectifying'), state({ recursOf }));
    }),
    { numRuns: 60 },
  );
});
