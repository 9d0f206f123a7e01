import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { limitsOf, roundOf } from '../../cli/accounts-of-draft';
import { localDate } from '../../domain/time';
import { draftSchema, readDocument, type DraftIssue, type DraftLedger } from '../../intake';

/** Real documents stand beside the checkout, never in it; assertions are numbers and short labels, not sentences. */
const folder = join(__dirname, '../../../shared/seeds');
const files = existsSync(folder) ? readdirSync(folder) : [];
const seed = (number: string): string | undefined => files.find((file) => file.startsWith(number));
const present = seed('000') !== undefined;
const title = present ? 'real documents' : 'real documents (skipped: ../shared/seeds is absent)';

const drafts = new Map<string, Promise<DraftLedger>>();
function draftOf(number: string): Promise<DraftLedger> {
  const draft = drafts.get(number) ?? readDocument(join(folder, seed(number) ?? ''));
  drafts.set(number, draft);
  return draft;
}

const statuses = ({ issues }: DraftLedger): Record<string, number> =>
  issues.reduce<Record<string, number>>((tally, { status }) => {
    const value = status?.value ?? 'null';
    return { ...tally, [value]: (tally[value] ?? 0) + 1 };
  }, {});
const issueOf = (draft: DraftLedger, number: number): DraftIssue => {
  const issue = draft.issues[number - 1];
  if (issue === undefined) throw new Error(`no issue ${number}`);
  return issue;
};
const declared = (draft: DraftLedger, what: string): unknown => {
  const total = draft.declared.find((candidate) => candidate.what === what);
  return total === undefined ? null : [total.value, total.counted, total.agrees];
};

(present ? describe : describe.skip)(title, () => {
  test.each([
    ['000', 'rectification_report', 38, 3, 14, { completed: 35, basically_completed: 1, not_completed: 2 }],
    ['001', 'rectification_report', 21, 0, 0, { null: 21 }],
    ['002', 'rectification_report', 18, 6, 0, { null: 18 }],
    ['003', 'rectification_report', 18, 3, 9, { null: 18 }],
    ['004', 'campaign_article', 0, 0, 0, {}],
  ])('%s: %s, %i issues, %i aspects, %i categories', async (number, docType, issues, aspects, categories, tally) => {
    const draft = await draftOf(number);
    expect(draftSchema.parse(draft)).toEqual(draft);
    expect([draft.docType, draft.issues.length, draft.aspects.length, draft.categories.length]).toEqual([
      docType,
      issues,
      aspects,
      categories,
    ]);
    expect(statuses(draft)).toEqual(tally);
    expect(draft.issues.every((issue, index) => issue.number === index + 1 && issue.line <= issue.endLine)).toBe(true);
    expect(draft.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(
      issues === 0 ? ['noFindings'] : [],
    );
  });

  test('000: totals, round, measures and their places', async () => {
    const draft = await draftOf('000');
    expect(
      ['issues', 'categories', 'aspects', 'completed', 'basically_completed', 'not_completed'].map((what) => declared(draft, what)),
    ).toEqual([
      [38, 38, true],
      [14, 14, true],
      [3, 3, true],
      [35, 35, true],
      [1, 1, true],
      [2, 2, true],
    ]);
    expect(
      [
        'handled_persons',
        'handled_person_times',
        'handling:立案',
        'handling:诫勉',
        'handling:谈话提醒',
        'handling:批评教育',
        'handling:责令检查',
        'clues',
      ].map((what) => draft.declared.find((total) => total.what === what)?.value),
    ).toEqual([213, 217, 13, 24, 124, 7, 49, 0]);
    expect(draft.findings.filter(({ code }) => code === 'handlingUnits').map(({ lines }) => lines)).toEqual([[2]]);
    expect(draft.round.onSite.map(({ start, end }) => [start, end])).toEqual([
      ['2022-03-17', '2022-03-22'],
      ['2022-05-05', '2022-07-12'],
    ]);
    expect([draft.round.feedbackDate?.value, draft.round.publishedDate, draft.round.reportDate?.value]).toEqual([
      '2022-09-15',
      null,
      '2023-03-28',
    ]);
    expect(draft.issues.map(({ label }) => label)).toEqual(Array.from({ length: 38 }, (_, index) => `(${index + 1})`));
    expect([2, 36, 37].map((number) => issueOf(draft, number).status?.value)).toEqual([
      'basically_completed',
      'not_completed',
      'not_completed',
    ]);
    expect(draft.issues.map(({ measures }) => measures.length).join(' ')).toBe(
      '4 2 2 2 2 0 2 5 3 3 3 2 5 4 3 2 2 4 5 3 2 2 4 3 2 2 2 3 2 4 3 3 2 3 2 0 0 3',
    );
    const sixteen = issueOf(draft, 16);
    expect([sixteen.line, sixteen.endLine]).toEqual([47, 52]);
    expect(sixteen.measures[1]?.items.map(({ marker, unit, line }) => [marker, unit, line])).toEqual([
      ['①', '区医院', 49],
      ['②', '区二医院', 50],
      ['③', '区妇幼保健院', 51],
      ['④', '中医院', 52],
    ]);
    expect(issueOf(draft, 38).handling.map(({ kind, count }) => [kind, count])).toEqual([
      ['谈话提醒', 88],
      ['批评教育', 7],
      ['责令检查', 49],
      ['诫勉', 24],
      ['立案', 13],
    ]);
    expect(issueOf(draft, 12).money.map(({ amountYuan }) => amountYuan)).toEqual([100, 800, 28800]);
    expect(draft.issues.every(({ deadline }) => deadline === null)).toBe(true);
  });

  test('001: mixed numbering, broken lines, limits', async () => {
    const draft = await draftOf('001');
    expect(draft.issues.map(({ label }) => label.replace(/\s/g, '')).join(' ')).toBe(
      '1、 2、 3. 4、 5、 6. 7. 8. 9. 10. 11. 12. 13. 14. 15. 16. 17、 18、 19、 20、 21、',
    );
    const usual = draft.issues.filter(({ deadline }) => deadline?.immediate === true && deadline.sustained && deadline.due === null);
    expect(usual).toHaveLength(20);
    expect(issueOf(draft, 16).deadline).toMatchObject({ immediate: false, sustained: true, due: '2022-10-31', line: 179 });
    expect(draft.issues.map(({ measures }) => measures.length).join(' ')).toBe('0 3 3 3 3 2 4 0 2 0 2 2 2 2 2 0 2 0 3 0 2');
    expect([issueOf(draft, 2).line, issueOf(draft, 2).endLine, issueOf(draft, 21).endLine]).toEqual([35, 45, 225]);
    expect(issueOf(draft, 7).measures[1]?.line).toBe(93);
    expect([draft.round.feedbackDate, draft.round.reportDate?.value, draft.round.otherInspectedBodies.length]).toEqual([
      null,
      '2022-10-30',
      1,
    ]);
    expect(draft.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['mixedLabels', 'claimedDoneYetNot', 'unitSpelling']));
  });

  test('001: three findings repeat those of earlier rounds, counted once each', async () => {
    const draft = await draftOf('001');
    const repeating = draft.issues.flatMap(({ number, earlier }) => (earlier == null ? [] : [{ number, ...earlier }]));
    expect(
      repeating.map(({ number, year, findings, rectified, sustained, outstanding, named, line }) => [
        [number, year, line],
        [findings, rectified, sustained, outstanding],
        named.length,
      ]),
    ).toEqual([
      [[19, 2018, 201], [35, 35, 32, 3], 3],
      [[20, 2019, 211], [14, 14, 11, 3], 3],
      [[21, 2020, 219], [5, 3, null, 2], 0],
    ]);
    const round = roundOf(draft, { feedbackOn: localDate('2022-07-01'), reported: false });
    expect(round.issues.map(({ recursOf }) => recursOf?.length ?? 0).join('')).toBe('000000000000000000331');
    expect(limitsOf(draft)).toHaveLength(21);
  });

  test('no finding of the others is about an earlier round', async () => {
    for (const number of ['000', '002', '003'])
      expect([number, (await draftOf(number)).issues.filter(({ earlier }) => earlier !== null)]).toEqual([number, []]);
  });

  test('002: findings without labels', async () => {
    const draft = await draftOf('002');
    expect(draft.issues.map(({ measures }) => measures.length).join(' ')).toBe('3 2 3 0 3 2 3 3 3 2 2 2 3 2 2 2 4 0');
    expect(draft.issues.every(({ title: words }) => !words.endsWith('的整改'))).toBe(true);
    expect([draft.round.feedbackDate?.value, draft.round.publishedDate?.value, draft.round.reportDate?.value]).toEqual([
      '2023-07-31',
      '2024-06-20',
      '2024-06-03',
    ]);
    expect(issueOf(draft, 18).endLine).toBe(156);
  });

  test('003: shared accounts, furniture around', async () => {
    const draft = await draftOf('003');
    expect(draft.issues.map(({ measures }) => measures.length).join(' ')).toBe('2 2 3 0 4 0 2 0 2 2 2 0 0 2 0 0 2 1');
    expect(draft.findings.filter(({ code }) => code === 'sharedRectification').map(({ lines }) => lines)).toEqual([[16, 20]]);
    expect([draft.round.feedbackDate?.value, draft.round.publishedDate?.value, draft.round.reportDate?.value]).toEqual([
      '2021-03-26',
      '2021-08-11',
      '2021-07-30',
    ]);
    expect(issueOf(draft, 18).endLine).toBe(106);
  });

  test('004: totals only', async () => {
    const draft = await draftOf('004');
    expect(draft.declared.map(({ what, value }) => `${what} ${value}`)).toEqual(
      expect.arrayContaining(['issues 142', 'completed 142', 'measures 126', 'rules 130']),
    );
    expect([draft.round.inspectedBody, draft.round.publishedDate?.value]).toEqual([null, '2022-06-13']);
  });
});
