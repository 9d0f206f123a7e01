import * as fc from 'fast-check';
import { editsOfFlags, type EditFlags } from '../../cli/commands/draft-edit-flags';
import { instant } from '../../domain/time';
import { draftSchema, type DraftLedger } from '../../intake/draft';
import { applyEdits, readEdits, type DraftEdit, type EditedDraft } from '../../intake/draft-edit';
import { read } from '../intake/support';
import { refusalOf } from './support';

const AT = instant('2026-03-02T09:00+08:00');
const draft = read(
  [
    '中共云溪县农业局党组关于巡察整改进展情况的通报',
    '2024年3月4日至4月30日，县委第二巡察组对县农业局党组开展了巡察。6月12日，县委第二巡察组反馈了2个方面5个问题。',
    '一、巡察反馈问题整改情况',
    '（一）落实决策部署方面',
    '1.台账缺失。',
    '整改情况：已完成。一是补建台账。二是落实到人。',
    '2.研究部署不够。',
    '整改情况：正在整改。一是召开会议3次。二是印发方案。',
    '（二）作风建设方面',
    '3.用车不严。',
    '整改情况：已完成。一是批评教育2人。二是张贴公示。',
    '4.接待超标。',
    '整改情况：未完成。一是退回0.3万元。二是核对账目。',
    '中共云溪县农业局党组',
    '2024年11月20日',
  ].join('\n'),
);

const edited = (edits: readonly DraftEdit[], of: DraftLedger = draft): EditedDraft =>
  applyEdits(
    of,
    edits.map((edit, index) => ({ version: index + 1, edit, by: 'clerk', at: AT })),
  );
const after = (...edits: DraftEdit[]): DraftLedger => edited(edits).draft;
const flagged = (flags: EditFlags): DraftLedger => after(...editsOfFlags(draft, flags));
const titles = ({ issues }: DraftLedger): string[] => issues.map(({ number, title }) => `${number}${title}`);
const codeOf = (work: () => unknown): string => refusalOf(work).failure.code;

test('the sample is what the tests rest on', () => {
  expect(titles(draft)).toEqual(['1台账缺失', '2研究部署不够', '3用车不严', '4接待超标']);
  expect(draft.issues.map(({ aspectNo }) => aspectNo)).toEqual([1, 1, 2, 2]);
});

test('values that a person sets stand in the draft, are marked with who and when, and leave what was read as it was', () => {
  const kept = structuredClone(draft);
  const { draft: now, byHand } = edited(
    editsOfFlags(draft, {
      title: ['3=公务用车管理不严'],
      status: ['issue-2=已完成', '4='],
      deadline: ['4=2024年12月底前并长期坚持'],
      unit: ['4=办公室'],
      set: ['反馈日期=2024-06-13', 'inspectedBody='],
    }),
  );
  expect(now.issues.map(({ title, status }) => [title, status?.value ?? null])).toEqual([
    ['台账缺失', 'completed'],
    ['研究部署不够', 'completed'],
    ['公务用车管理不严', 'completed'],
    ['接待超标', null],
  ]);
  expect(now.issues[3]).toMatchObject({
    deadline: { raw: '2024年12月底前并长期坚持', due: '2024-12-31', sustained: true, immediate: false },
    parties: { responsibleUnit: '办公室', leadLeader: null },
  });
  expect(now.round).toMatchObject({ feedbackDate: { value: '2024-06-13', line: 2 }, inspectedBody: null });
  expect(byHand.map(({ where, version, by, at }) => [where, version, by, at])).toEqual(
    [
      'issue-3.title',
      'issue-2.status',
      'issue-4.status',
      'issue-4.deadline',
      'issue-4.parties.responsibleUnit',
      'round.feedbackDate',
      'round.inspectedBody',
    ].map((where, index) => [where, index + 1, 'clerk', AT]),
  );
  expect(draft).toEqual(kept);
  expect(draftSchema.parse(now)).toEqual(now);
});

test('the last hand on a value counts', () => {
  const { byHand } = edited([
    { type: 'setTitle', issue: 'issue-1', title: '甲' },
    { type: 'setTitle', issue: 'issue-1', title: '乙' },
  ]);
  expect(byHand.map(({ where, version }) => [where, version])).toEqual([['issue-1.title', 2]]);
});

test('rows are moved, merged, split, dropped and added; numbers follow the list, ids stay', () => {
  expect(titles(flagged({ move: ['4=1'] }))).toEqual(['1接待超标', '2台账缺失', '3研究部署不够', '4用车不严']);
  expect(titles(flagged({ drop: ['2=重复'], move: ['4=1'] }))).toEqual(['1接待超标', '2台账缺失', '3用车不严']);
  const merged = flagged({ merge: ['4=3'] });
  expect(titles(merged)).toEqual(['1台账缺失', '2研究部署不够', '3用车不严']);
  const texts = draft.issues.slice(2).map(({ text }) => text);
  expect(merged.issues[2]).toMatchObject({ id: 'issue-3', text: texts.join('\n'), line: 10, endLine: 13 });
  expect(merged.issues[2]?.measures.map(({ no }) => no)).toEqual([1, 2, 3, 4]);
  expect(merged.issues[2]?.money).toEqual(draft.issues[3]?.money);
  const split = flagged({ split: ['1=台账不全；台账无人管'] });
  expect(split.issues.map(({ id, title, measures }) => [id, title, measures.length])).toEqual([
    ['issue-1.1', '台账不全', 2],
    ['issue-1.2', '台账无人管', 0],
    ['issue-2', '研究部署不够', 2],
    ['issue-3', '用车不严', 2],
    ['issue-4', '接待超标', 2],
  ]);
  const added = after({ type: 'addIssue', after: 'issue-2', title: '会议无记录', line: 8 });
  expect(added.issues[2]).toMatchObject({
    id: 'added-1',
    number: 3,
    title: '会议无记录',
    aspectNo: 1,
    aspect: '落实决策部署',
    line: 8,
    status: null,
  });
  expect(draftSchema.parse(added)).toEqual(added);
});

test('what the document declares is counted anew', () => {
  const issues = (of: DraftLedger) => of.declared.find(({ what }) => what === 'issues');
  expect(issues(draft)).toMatchObject({ value: 5, counted: 4, agrees: false });
  expect(issues(flagged({ split: ['1=甲；乙'] }))).toMatchObject({ value: 5, counted: 5, agrees: true });
});

test('the tree is named, grown and pruned; an issue stands where a person puts it', () => {
  const named = flagged({ aspect: ['2=廉洁建设'] });
  expect(named.issues.map(({ aspect }) => aspect)).toEqual(['落实决策部署', '落实决策部署', '廉洁建设', '廉洁建设']);
  const grown = after(
    { type: 'addAspect', title: '选人用人' },
    { type: 'addCategory', aspectNo: 3, title: '程序不严' },
    { type: 'placeIssue', issue: 'issue-4', aspectNo: 3, categoryNo: 1 },
    { type: 'placeIssue', issue: 'issue-3', aspectNo: 3, categoryNo: null },
    { type: 'nameCategory', aspectNo: 3, categoryNo: 1, title: '程序不规范' },
    { type: 'dropAspect', aspectNo: 2 },
  );
  expect(grown.aspects.map(({ no, title }) => [no, title])).toEqual([
    [1, '落实决策部署'],
    [3, '选人用人'],
  ]);
  expect(grown.issues.slice(2)).toMatchObject([
    { aspectNo: 3, aspect: '选人用人', categoryNo: null, category: null },
    { aspectNo: 3, categoryNo: 1, category: '程序不规范' },
  ]);
});

test.each<[string, () => unknown]>([
  ['draft.issueUnknown', () => flagged({ title: ['9=甲'] })],
  [
    'draft.issueUnknown',
    () => after({ type: 'dropIssue', issue: 'issue-1', reason: '重复' }, { type: 'setText', issue: 'issue-1', text: '' }),
  ],
  ['draft.issueUnknown', () => after({ type: 'matchIssue', issue: 'issue-9', issueId: null })],
  ['draft.emptyTitle', () => flagged({ title: ['1= '] })],
  ['draft.emptyTitle', () => flagged({ split: ['1=甲；'] })],
  ['draft.emptyTitle', () => after({ type: 'addAspect', title: ' ' })],
  ['draft.aspectUnknown', () => flagged({ place: ['1=5'] })],
  ['draft.categoryUnknown', () => flagged({ place: ['1=1.1'] })],
  [
    'draft.categoryUnknown',
    () => after({ type: 'addCategory', aspectNo: 1, title: '甲' }, { type: 'placeIssue', issue: 'issue-3', aspectNo: 2, categoryNo: 1 }),
  ],
  ['draft.notEmpty', () => after({ type: 'dropAspect', aspectNo: 1 })],
  [
    'draft.notEmpty',
    () => after({ type: 'addAspect', title: '甲' }, { type: 'addCategory', aspectNo: 3, title: '乙' }, { type: 'dropAspect', aspectNo: 3 }),
  ],
  ['draft.position', () => flagged({ move: ['1=5'] })],
  ['draft.mergeSelf', () => flagged({ merge: ['1=issue-1'] })],
  ['draft.splitTooFew', () => flagged({ split: ['1=甲'] })],
  ['draft.reason', () => flagged({ drop: ['1='] })],
  ['draft.date', () => flagged({ set: ['feedbackDate=2024-02-30'] })],
  ['draft.date', () => flagged({ onSite: ['2024-04-30至2024-03-04'] })],
  ['draft.date', () => flagged({ deadline: ['1=2024-13'] })],
  ['draft.deadline', () => flagged({ deadline: ['1=看情况'] })],
  ['draft.status', () => flagged({ status: ['1=差不多'] })],
  ['draft.flag', () => flagged({ title: ['甲'] })],
  ['draft.flag', () => flagged({ place: ['1=二.1'] })],
  ['draft.flag', () => flagged({ set: ['天气=晴'] })],
  ['draft.edit', () => flagged({ move: ['1=x'] })],
  ['draft.edit', () => readEdits({ type: 'setTitle' })],
  ['draft.edit', () => readEdits([{ type: 'setTitle', issue: 'issue-1', title: '甲', colour: '红' }])],
])('%s is refused (%#)', (code, work) => {
  expect(codeOf(work)).toBe(code);
});

test('on-site periods and a month are written as they are', () => {
  const now = flagged({ onSite: ['2024-03-04至2024-03-29', '2024-04-07至2024-04-30'], deadline: ['1=2024-12'] });
  expect(now.round.onSite.map(({ start, end }) => [start, end])).toEqual([
    ['2024-03-04', '2024-03-29'],
    ['2024-04-07', '2024-04-30'],
  ]);
  expect(now.issues[0]?.deadline).toMatchObject({ raw: '2024-12', due: '2024-12' });
});

test('whatever edits are made, the draft stays a draft: a list from 1, no id twice, a tree that is one', () => {
  const any = (of: DraftLedger, [kind, a, b]: readonly [number, number, number], version: number): DraftEdit => {
    const pick = (n: number): string => of.issues[n % of.issues.length]?.id ?? 'issue-0';
    const aspect = of.aspects[b % of.aspects.length]?.no ?? 1;
    const category = of.categories[b % Math.max(1, of.categories.length)];
    const all: DraftEdit[] = [
      { type: 'dropIssue', issue: pick(a), reason: '重复' },
      { type: 'mergeIssues', issue: pick(a), into: pick(b) },
      { type: 'splitIssue', issue: pick(a), parts: [{ title: '甲' }, { title: '乙', text: '丙' }] },
      { type: 'moveIssue', issue: pick(a), to: (b % of.issues.length) + 1 },
      { type: 'addIssue', after: b % 5 === 0 ? null : pick(a), title: `补${version}`, line: (b % 9) + 1 },
      { type: 'addAspect', title: '方面' },
      { type: 'addCategory', aspectNo: a % 2 === 0 ? aspect : null, title: '项' },
      { type: 'placeIssue', issue: pick(a), aspectNo: category?.aspectNo ?? null, categoryNo: category?.no ?? null },
      { type: 'placeIssue', issue: pick(a), aspectNo: aspect, categoryNo: null },
      { type: 'dropAspect', aspectNo: aspect },
      { type: 'nameAspect', aspectNo: aspect, title: `名${version}` },
    ];
    return all[kind % all.length] ?? { type: 'addAspect', title: '方面' };
  };
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)), { maxLength: 30 }), (steps) => {
      const made: DraftEdit[] = [];
      for (const step of steps) {
        const before = edited(made).draft;
        try {
          made.push(any(before, step, made.length + 1));
          edited(made);
        } catch (error) {
          if (
            refusalOf(() => {
              throw error;
            }).kind !== 'badInput'
          )
            throw error;
          made.pop();
        }
      }
      const now = edited(made).draft;
      expect(draftSchema.safeParse(now).success).toBe(true);
      expect(now.issues.map(({ number }) => number)).toEqual(now.issues.map((_, index) => index + 1));
      expect(new Set(now.issues.map(({ id }) => id)).size).toBe(now.issues.length);
      for (const { aspectNo, aspect, categoryNo, category } of now.issues) {
        expect(now.aspects.find(({ no }) => no === aspectNo)?.title ?? null).toBe(aspect);
        expect(now.categories.find((one) => one.no === categoryNo && one.aspectNo === aspectNo)?.title ?? null).toBe(category);
      }
      for (const { aspectNo } of now.categories) if (aspectNo !== null) expect(now.aspects.map(({ no }) => no)).toContain(aspectNo);
    }),
    { numRuns: 60 },
  );
});
