import fc from 'fast-check';
import { moneyParts, type Handling, type HandlingKind, type MoneyItem } from '../../domain/issue/records';
import type { IssueState, Phase } from '../../domain/issue/types';
import { countFindings, countsByUnit } from '../../domain/lists/counts';
import { handlingSums, moneySum, moneySums } from '../../domain/lists/sums';
import { closed, registered, text, underWay } from './support';

const issue = (number: number, part: Partial<IssueState> = {}, state = underWay().state): IssueState => ({
  ...state,
  id: `R1-${String(number).padStart(3, '0')}`,
  number,
  ...part,
});
const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, one) => sum + one, 0);

describe('findings as fed back', () => {
  const twelve = Array.from({ length: 12 }, (_, index) => issue(index + 1));
  const became = (issues: readonly IssueState[], number: number, part: Partial<IssueState>): IssueState[] =>
    issues.map((one) => (one.number === number ? { ...one, ...part } : one));

  it('twelve remain twelve after split, merge, void, transfer and withdrawal', () => {
    let issues: IssueState[] = became(twelve, 1, { phase: 'replaced', replacedBy: ['R1-001-1', 'R1-001-2', 'R1-001-3'] });
    issues.push(issue(1, { id: 'R1-001-1' }), issue(1, { id: 'R1-001-2', phase: 'closed' }), issue(1, { id: 'R1-001-3', phase: 'void' }));
    issues = became(issues, 2, { phase: 'replaced', replacedBy: ['R1-003'] });
    issues = became(issues, 4, { phase: 'void' });
    issues = became(issues, 5, { phase: 'transferred' });
    issues = became(issues, 6, { phase: 'withdrawn' });
    issues = became(issues, 7, { phase: 'closed' });
    issues = became(issues, 8, { phase: 'closed', tail: true });
    issues = became(issues, 9, { phase: 'stageCompleted' });
    issues = became(issues, 10, { coordination: { askedBy: 'head', coordinator: 'inspectionOffice', state: 'accepted', answerBy: null } });
    issues = became(issues, 11, { phase: 'closeoutRequested', reported: 'completed', measures: [], assignment: null });
    issues = became(issues, 12, { phase: 'suspended' });
    const counts = countFindings(issues);
    expect(counts.fedBack).toBe(12);
    expect(counts.byStanding).toEqual({
      coordination: 1,
      suspended: 1,
      underWay: 3,
      reported: 1,
      stageCompleted: 1,
      closed: 2,
      transferred: 1,
      withdrawn: 1,
      void: 1,
    });
    expect(total(counts.byStanding)).toBe(12);
    expect(total(counts.byClass)).toBe(12);
    expect([...counts.byPhase.values()].reduce((sum, one) => sum + one, 0)).toBe(12);
    expect(counts).toMatchObject({ closedSustained: 1, split: 1, merged: 1 });
    expect([...countsByUnit(issues)].map(([unitId, { fedBack }]) => [unitId, fedBack])).toEqual([
      ['clinic', 11],
      [null, 1],
    ]);
  });

  it('a split finding is closed when its last part is; a part that is void no longer keeps it open', () => {
    const split = issue(1, { phase: 'replaced', replacedBy: ['R1-001-1', 'R1-001-2'] });
    const parts = (first: Phase, second: Phase) => [
      split,
      issue(1, { id: 'R1-001-1', phase: first }),
      issue(1, { id: 'R1-001-2', phase: second }),
    ];
    expect(countFindings(parts('closed', 'rectifying')).byStanding).toMatchObject({ closed: 0, underWay: 1 });
    expect(countFindings(parts('closed', 'consolidated')).byStanding.closed).toBe(1);
    expect(countFindings(parts('closed', 'void')).byStanding.closed).toBe(1);
    expect(countFindings(parts('void', 'void')).byStanding.void).toBe(1);
  });

  it('a merged finding stands where the other stands, through further splits and merges', () => {
    const chain = [
      issue(1, { phase: 'replaced', replacedBy: ['R1-002'] }),
      issue(2, { phase: 'replaced', replacedBy: ['R1-002-1', 'R1-002-2'] }),
      issue(2, { id: 'R1-002-1', phase: 'replaced', replacedBy: ['R1-003'] }),
      issue(2, { id: 'R1-002-2', phase: 'closed' }),
      issue(3, { phase: 'closed' }),
    ];
    expect(countFindings(chain)).toMatchObject({ fedBack: 3, byStanding: { closed: 3 }, split: 1, merged: 1 });
  });

  it('a ring, and what is told by nobody known, is under way rather than done', () => {
    const ring = [issue(1, { phase: 'replaced', replacedBy: ['R1-002'] }), issue(2, { phase: 'replaced', replacedBy: ['R1-001'] })];
    expect(countFindings(ring)).toMatchObject({ fedBack: 2, byStanding: { underWay: 2 } });
    expect(countFindings([issue(1, { phase: 'replaced', replacedBy: ['R1-099'] })])).toMatchObject({
      fedBack: 1,
      byStanding: { underWay: 1 },
    });
  });

  it('equal numbers of two rounds are two findings', () => {
    const other = issue(1, { id: 'R2-001', roundId: 'R2' });
    expect(countFindings([issue(1), other]).fedBack).toBe(2);
  });

  it('every phase has a place, and places add up', () => {
    const phases: Phase[] = [
      'registered',
      'acknowledged',
      'planned',
      'checkBack',
      'underReview',
      'afterCheckBack',
      'upkeep',
      'consolidated',
      'suspended',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...phases), { maxLength: 30 }), (own) => {
        const counts = countFindings(own.map((phase, index) => issue(index + 1, { phase })));
        expect(total(counts.byStanding)).toBe(own.length);
        expect(counts.byStanding.closed).toBe(own.filter((phase) => ['afterCheckBack', 'upkeep', 'consolidated'].includes(phase)).length);
      }),
      { numRuns: 30, seed: 3 },
    );
  });

  it('by class; returns and relapses apart', () => {
    const sustained = issue(3, {}, closed().state);
    const counts = countFindings([
      issue(1, { returns: 2 }),
      issue(2, {}, registered().state),
      { ...sustained, relapses: 1, measures: sustained.measures.map((one) => ({ ...one, dueOn: null, sustained: true })) },
    ]);
    expect(counts).toMatchObject({ byClass: { immediate: 0, fixedTerm: 1, sustained: 1, unplanned: 1 }, returns: 2, relapses: 1 });
  });
});

describe('handling', () => {
  const handled = (kind: HandlingKind, persons: number, personTimes: number): Handling => ({
    id: 'h1',
    kind,
    persons,
    personTimes,
    rank: null,
    names: null,
    document: null,
  });

  it('by kind, persons and person-times apart; 立案 is a step and not added to the rest', () => {
    const sums = handlingSums([
      issue(1, { handling: [handled('caseFiled', 1, 1), handled('partyDiscipline', 1, 2)] }),
      issue(2, { handling: [handled('partyDiscipline', 2, 2), handled('admonishment', 0, 0)] }),
      issue(3, { phase: 'void', handling: [handled('partyDiscipline', 9, 9)] }),
      issue(4, { phase: 'replaced', replacedBy: ['R1-005'], handling: [handled('criticism', 1, 1)] }),
    ]);
    const of = (kind: HandlingKind) => sums.byKind.find((one) => one.kind === kind);
    expect(of('caseFiled')).toEqual({ kind: 'caseFiled', label: '立案', persons: 1, personTimes: 1, recorded: true });
    expect(of('partyDiscipline')).toMatchObject({ persons: 3, personTimes: 4 });
    expect(of('criticism')).toMatchObject({ persons: 1, personTimes: 1 });
    expect(of('admonishment')).toMatchObject({ persons: 0, personTimes: 0, recorded: true });
    expect(of('transfer')).toMatchObject({ persons: 0, recorded: false });
    expect(sums.personTimes).toBe(5);
  });
});

describe('money', () => {
  const fen = fc.nat({ max: 10_000_000_000 });
  const item: fc.Arbitrary<MoneyItem> = fc.tuple(fen, fen, fen, fen, fen, fen).map((sums) => ({
    id: 'c1',
    ...(Object.fromEntries(moneyParts.map((field, index) => [field, sums[index] ?? 0])) as Record<(typeof moneyParts)[number], number>),
    owedFen: sums.reduce((sum, one) => sum + one, 0),
    voucher: text('v'),
  }));
  const holds = (sum: Omit<MoneyItem, 'id' | 'voucher'>): boolean => sum.owedFen === moneyParts.reduce((all, field) => all + sum[field], 0);

  it('the identity of items holds of every sum, and units and rounds add up to the total', () => {
    const issues = fc.array(
      fc.record({
        money: fc.array(item, { maxLength: 4 }),
        unit: fc.constantFrom('clinic', 'depot', null),
        round: fc.constantFrom('R1', 'R2'),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(issues, (all) => {
        const {
          total: sum,
          byIssue,
          byUnit,
          byRound,
        } = moneySums(
          all.map(({ money, unit, round }, index) =>
            issue(index + 1, {
              money,
              roundId: round,
              assignment:
                unit === null ? null : { leadUnitId: unit, leadLeaderId: 'leader', leaderInChargeId: null, handlerId: null, coUnitIds: [] },
            }),
          ),
        );
        expect(sum.items).toBe(all.reduce((count, { money }) => count + money.length, 0));
        for (const table of [byIssue, byUnit, byRound]) {
          expect([...table.values()].every(holds)).toBe(true);
          expect([...table.values()].reduce((owed, { owedFen }) => owed + owedFen, 0)).toBe(sum.owedFen);
        }
        expect(holds(sum)).toBe(true);
      }),
      { numRuns: 60, seed: 9 },
    );
  });

  it('a wrong entry counts for nothing', () => {
    const one: MoneyItem = {
      id: 'c1',
      owedFen: 7,
      recoveredFen: 7,
      refundedFen: 0,
      treasuryFen: 0,
      integrityAccountFen: 0,
      adjustedFen: 0,
      outstandingFen: 0,
      voucher: text('v'),
    };
    expect(moneySums([issue(1, { money: [one] }), issue(2, { phase: 'void', money: [one] })]).total).toMatchObject({
      owedFen: 7,
      items: 1,
    });
  });

  it('a sum that can’t be told exactly is refused, not rounded', () => {
    const huge = {
      id: 'c1',
      owedFen: Number.MAX_SAFE_INTEGER,
      recoveredFen: Number.MAX_SAFE_INTEGER,
      refundedFen: 0,
      treasuryFen: 0,
      integrityAccountFen: 0,
      adjustedFen: 0,
      outstandingFen: 0,
      voucher: text('v'),
    };
    expect(() => moneySum([huge, huge])).toThrow(RangeError);
  });
});
