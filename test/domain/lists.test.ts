import type { IssueState, Measure } from '../../domain/issue/types';
import { implementationDraft, implementationOf } from '../../domain/lists/implementation';
import { issueList } from '../../domain/lists/issue-list';
import { ledgerRows } from '../../domain/lists/ledger-rows';
import { classOf } from '../../domain/lists/limit';
import type { ListContext } from '../../domain/lists/listing';
import { responsibilityList } from '../../domain/lists/responsibility-list';
import { taskList } from '../../domain/lists/task-list';
import { instant } from '../../domain/time';
import { assigned, by, closed, day, done, given, registered, rules, text, underWay, vacant } from './support';

const context: ListContext = { ...rules, textOf: ({ content }) => content, on: day('2026-07-01') };
const issue = (state: IssueState, number: number, part: Partial<IssueState> = {}): IssueState => ({
  ...state,
  id: `R1-${String(number).padStart(3, '0')}`,
  number,
  ...part,
});
const measure = (id: string, so: Partial<Measure> = {}): Measure => ({
  id,
  unitId: 'clinic',
  text: text(`措施${id}。`),
  dueOn: day('2026-09-30'),
  sustained: false,
  completedAt: null,
  ...so,
});

describe('问题清单', () => {
  it('by number, with what was found, its class and where it stands', () => {
    const rows = issueList([issue(closed().state, 2), issue(registered().state, 1)], {
      ...context,
      placeOf: (id) => ({ aspect: '党的领导', category: id === 'R1-001' ? '意识形态' : null }),
    });
    expect(
      rows.map(({ number, title, text: found, classLabel, phaseLabel, aspect, category }) => [
        number,
        title,
        found,
        classLabel,
        phaseLabel,
        aspect,
        category,
      ]),
    ).toEqual([
      [1, 'title', 'text', '', '建账', '党的领导', '意识形态'],
      [2, 'title', 'text', '限期整改', '已销号', '党的领导', null],
    ]);
  });

  it('as amended', () => {
    const amended = given(registered()).append(
      { type: 'amended', title: text('new title'), text: null, reason: text('r') },
      'office',
      instant('2026-03-03T09:00+08:00'),
    );
    expect(issueList([amended.state], context)[0]).toMatchObject({ title: 'new title', text: 'text' });
  });

  it('a finding off the system is a number without a word', () => {
    const [row] = ledgerRows(
      [issue(done().state, 3, { offSystem: true, progress: { text: text('p'), at: instant('2026-06-01T00:00:00Z') } })],
      context,
    );
    expect(row).toMatchObject({
      number: 3,
      title: '（线下办理）',
      text: '',
      rootCause: '',
      progress: { text: '' },
      implementation: { text: '' },
      offSystem: true,
    });
    expect(row?.measures[0]).toMatchObject({ text: '', evidence: '' });
  });

  it.each([
    [[], null],
    [[measure('1')], 'fixedTerm'],
    [[measure('1', { dueRaw: '立行立改' })], 'immediate'],
    [[measure('1', { dueRaw: '立行立改' }), measure('2')], 'fixedTerm'],
    [[measure('1', { dueOn: null, sustained: true })], 'sustained'],
    [[measure('1', { sustained: true, dueRaw: '2026年9月底前并长期坚持' })], 'fixedTerm'],
  ] as const)('the class of measures %#', (measures, expected) => {
    expect(classOf({ measures })).toBe(expected);
  });
});

describe('任务清单', () => {
  it('by unit: each with its own measures, holder, day and milestones', () => {
    const state = issue(underWay().state, 1, {
      measures: [
        measure('m1', { holderId: 'liaison', dueRaw: '2026年6月底前', dueOn: day('2026-06-30') }),
        measure('m2', {
          unitId: 'depot',
          dueOn: null,
          sustained: true,
          milestones: [{ id: 's1', label: '年底复查', dueOn: day('2026-12-31'), completedAt: instant('2026-06-30T17:00:00Z') }],
        }),
        measure('m3', { completedAt: instant('2026-06-01T01:00:00Z'), evidence: text('file') }),
      ],
    });
    const [clinic, depot] = taskList([state], context);
    expect(clinic?.unit).toEqual({ id: 'clinic', name: '北门卫生院' });
    expect(
      clinic?.tasks.map(({ measureId, holders, overdue, completedOn, evidence, dueRaw }) => [
        measureId,
        holders[0]?.id,
        overdue,
        completedOn,
        evidence,
        dueRaw,
      ]),
    ).toEqual([
      ['m1', 'liaison', true, null, '', '2026年6月底前'],
      ['m3', 'handler', false, '2026-06-01', 'file', null],
    ]);
    expect(depot?.tasks[0]).toMatchObject({
      measureId: 'm2',
      holders: [],
      sustained: true,
      milestones: [{ id: 's1', label: '年底复查', dueOn: '2026-12-31', completedOn: '2026-07-01' }],
    });
  });

  it('leaves out what is void or told by others', () => {
    expect(taskList([issue(underWay().state, 1, { phase: 'void' }), issue(underWay().state, 2, { phase: 'replaced' })], context)).toEqual(
      [],
    );
  });
});

describe('责任清单', () => {
  it('names leaders, units and handler', () => {
    const assignment = {
      leadUnitId: 'clinic',
      leadLeaderId: 'leader',
      leaderInChargeId: 'secretary',
      handlerId: 'liaison',
      coUnitIds: ['depot'],
    };
    expect(responsibilityList([issue(assigned().state, 1, { assignment })], context)).toEqual([
      {
        issueId: 'R1-001',
        number: 1,
        aspect: null,
        category: null,
        title: 'title',
        firstResponsible: [{ id: 'secretary', name: 'secretary' }],
        leadLeader: [{ id: 'leader', name: 'leader' }],
        leaderInCharge: [{ id: 'secretary', name: 'secretary' }],
        leadUnit: { id: 'clinic', name: '北门卫生院' },
        unitHead: [{ id: 'head', name: 'head' }],
        handler: [{ id: 'liaison', name: 'liaison' }],
        coUnits: [{ unit: { id: 'depot', name: '药品库' }, unitHead: [{ id: 'depotHead', name: 'depotHead' }] }],
      },
    ]);
  });

  it('is empty where nobody is charged or a post is vacant', () => {
    expect(responsibilityList([registered().state], context)[0]).toMatchObject({
      leadUnit: null,
      unitHead: [],
      leadLeader: [],
      handler: [],
    });
    const empty: ListContext = { ...context, ...vacant('unitHead') };
    expect(responsibilityList([assigned().state], empty)[0]).toMatchObject({ leadUnit: { id: 'clinic' }, unitHead: [] });
  });
});

describe('整改台账', () => {
  it('finished and struck off are two facts', () => {
    const rows = ledgerRows(
      [issue(underWay().state, 1), issue(done().state, 2), issue(closed().state, 3), issue(done().state, 4, { returns: 1 })],
      context,
    );
    expect(rows.map(({ finished, struckOff, standing }) => [finished, struckOff, standing])).toEqual([
      [false, false, 'underWay'],
      [true, false, 'underWay'],
      [true, true, 'closed'],
      [false, false, 'underWay'],
    ]);
  });

  it('keeps both days, and the days overdue whatever came after', () => {
    const row = (state: IssueState, on: string) => ledgerRows([state], { ...context, on: day(on) })[0];
    expect(row(underWay().state, '2026-09-30')).toMatchObject({ dueOn: '2026-09-30', originalDueOn: '2026-09-30', overdueDays: 0 });
    expect(row(underWay().state, '2026-10-12')).toMatchObject({ overdueDays: 12 });
    const late = given(done()).when('2026-10-05T09:00+08:00', by('head', { type: 'requestCloseout' }));
    expect(row(late.state, '2027-01-01')).toMatchObject({ overdueDays: 5 });
  });

  it('carries what was recorded, counts without names', () => {
    const state = issue(closed().state, 1, {
      handling: [{ id: 'h1', kind: 'criticism', persons: 2, personTimes: 2, rank: null, names: text('secret names'), document: null }],
      money: [
        {
          id: 'c1',
          owedFen: 5,
          recoveredFen: 5,
          refundedFen: 0,
          treasuryFen: 0,
          integrityAccountFen: 0,
          adjustedFen: 0,
          outstandingFen: 0,
          voucher: text('v'),
        },
      ],
      newRules: [{ id: 'r1', name: text('采购制度'), number: null, madeOn: day('2026-05-01') }],
      publicStatus: { status: 'completed', on: day('2026-06-30') },
      progress: { text: text('done'), at: instant('2026-06-01T00:00:00Z') },
    });
    const [row] = ledgerRows([state], context);
    expect(row).toMatchObject({
      handling: [{ kind: 'criticism', label: '批评教育', persons: 2, personTimes: 2 }],
      money: { owedFen: 5, recoveredFen: 5, items: 1 },
      newRules: [{ name: '采购制度', number: null, madeOn: '2026-05-01' }],
      publicStatus: { status: 'completed', label: '已完成', on: '2026-06-30' },
      progress: { text: 'done', on: '2026-06-01' },
      closedOn: '2026-06-15',
    });
    expect(JSON.stringify(row)).not.toContain('secret names');
  });

  it('shows the parts of a split issue behind it, not as findings', () => {
    const rows = ledgerRows(
      [
        issue(underWay().state, 1, { id: 'R1-001-2' }),
        issue(underWay().state, 1, { phase: 'replaced', replacedBy: ['R1-001-1', 'R1-001-2'] }),
        issue(closed().state, 1, { id: 'R1-001-1' }),
      ],
      context,
    );
    expect(rows.map(({ issueId, countsAs, standing }) => [issueId, countsAs, standing])).toEqual([
      ['R1-001', 'finding', 'underWay'],
      ['R1-001-1', 'part', null],
      ['R1-001-2', 'part', null],
    ]);
  });
});

describe('落实情况', () => {
  const textOf = context.textOf;
  const at = instant('2026-06-01T01:00:00Z');

  it('is drafted from completed measures in the words of the plan', () => {
    const state = issue(underWay().state, 1, {
      measures: [measure('甲', { completedAt: at }), measure('乙'), measure('丙', { completedAt: at })],
      newRules: [{ id: 'r1', name: text('《采购制度》'), number: '卫〔2026〕3号', madeOn: day('2026-05-01') }],
    });
    expect(implementationDraft(state, textOf)).toBe(
      '一是措施甲（2026年6月1日完成）。二是措施丙（2026年6月1日完成）。其余1项措施正在落实。制定《采购制度》（卫〔2026〕3号）。',
    );
  });

  it('one measure needs no number; nothing done says nothing', () => {
    expect(implementationDraft(issue(underWay().state, 1, { measures: [measure('甲', { completedAt: at })] }), textOf)).toBe(
      '措施甲（2026年6月1日完成）。',
    );
    expect(implementationDraft(underWay().state, textOf)).toBe('');
  });

  it('counts on beyond ten', () => {
    const measures = Array.from({ length: 21 }, (_, index) => measure(`m${index + 1}`, { completedAt: at }));
    const draft = implementationDraft(issue(underWay().state, 1, { measures }), textOf);
    for (const ordinal of ['。九是', '。十是', '。十一是', '。二十是', '。二十一是']) expect(draft).toContain(ordinal);
  });

  it('what was edited takes its place', () => {
    const edited = issue(done().state, 1, { implementation: text('edited') });
    expect(implementationOf(edited, textOf)).toEqual({ text: 'edited', drafted: false });
    expect(implementationOf(done().state, textOf)).toEqual({ text: 'measure（2026年6月1日完成）。', drafted: true });
  });
});
