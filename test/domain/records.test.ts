import fc from 'fast-check';
import { decide } from '../../domain/issue/decide';
import { moneyParts, yuan } from '../../domain/issue/records';
import type { IssueCommand } from '../../domain/issue/commands';
import type { IssueState } from '../../domain/issue/types';
import { instant } from '../../domain/time';
import {
  accepted,
  by,
  closed,
  day,
  done,
  given,
  happened,
  handedIn,
  type Life,
  refused,
  registered,
  rectifying,
  relapsed,
  state,
  text,
  underWay,
} from './support';
import { Life as IssueLife } from './life';

const at = '2026-07-01T09:00+08:00';
type Command<T extends IssueCommand['type']> = Extract<IssueCommand, { type: T }>;
/** The same life with part of its state as another story would have left it. */
const having = (life: Life, part: Partial<IssueState>): Life => given(new IssueLife({ ...life.state, ...part }, life.context));

describe('persons that were handled', () => {
  const handling = (so: Partial<Command<'recordHandling'>> = {}): IssueCommand => ({
    type: 'recordHandling',
    kind: 'partyDiscipline',
    persons: 2,
    personTimes: 3,
    ...so,
  });

  it('are counted as entered, persons and person-times, one record after the other', () => {
    given(underWay())
      .when(at, by('office', handling()))
      .then(happened('handlingRecorded', { id: 'h1', persons: 2, personTimes: 3, rank: null, names: null, document: null }))
      .when(at, by('discipline', handling({ kind: 'caseFiled', persons: 1, personTimes: 1, rank: '科级', document: text('doc') })))
      .then(
        state({
          handling: [
            { id: 'h1', kind: 'partyDiscipline', persons: 2, personTimes: 3, rank: null, names: null, document: null },
            { id: 'h2', kind: 'caseFiled', persons: 1, personTimes: 1, rank: '科级', names: null, document: text('doc') },
          ],
        }),
      );
  });

  it('nobody is a value: zero and zero', () => {
    given(underWay())
      .when(at, by('office', handling({ persons: 0, personTimes: 0 })))
      .then(accepted);
  });

  it.each([
    { persons: -1 },
    { personTimes: 1.5 },
    { persons: Number.NaN },
    { personTimes: Number.MAX_SAFE_INTEGER + 1 },
    { persons: 4 },
    { persons: 0, personTimes: 1 },
  ])('%j is refused', (so) => {
    given(underWay())
      .when(at, by('office', handling(so)))
      .then(refused('handling.counts'));
  });

  it('names are for the discipline group only', () => {
    given(underWay())
      .when(at, by('office', handling({ names: text('names') })))
      .then(refused('handling.names'));
    given(underWay())
      .when(at, by('discipline', handling({ names: text('names') })))
      .then(happened('handlingRecorded', { names: text('names') }));
    given(underWay())
      .when(at, by('discipline', handling({ names: text('names'), persons: 0, personTimes: 0 })))
      .then(refused('handling.names'));
  });

  it('also of an issue that is consolidated; not of one that stands for nothing', () => {
    having(closed(), { phase: 'consolidated' }).when(at, by('office', handling())).then(accepted);
    having(closed(), { phase: 'void' }).when(at, by('office', handling())).then(refused('phase.notAllowed'));
    having(closed(), { phase: 'replaced', replacedBy: ['R1-001-1'] })
      .when(at, by('office', handling()))
      .then(refused('phase.notAllowed'));
  });
});

describe('money', () => {
  const parts = { recoveredFen: 0, refundedFen: 0, treasuryFen: 0, integrityAccountFen: 0, adjustedFen: 0, outstandingFen: 0 };
  const money = (owedFen: number, so: Partial<typeof parts> = {}): IssueCommand => ({
    type: 'recordMoney',
    owedFen,
    ...parts,
    ...so,
    voucher: text('voucher'),
  });

  it('what was owed went somewhere or is still missing', () => {
    given(underWay())
      .when(at, by('office', money(123_456, { recoveredFen: 100_000, treasuryFen: 3_456, outstandingFen: 20_000 })))
      .then(happened('moneyRecorded', { id: 'c1', owedFen: 123_456, treasuryFen: 3_456, voucher: text('voucher') }))
      .when(at, by('office', money(5, { adjustedFen: 5 })))
      .then(happened('moneyRecorded', { id: 'c2' }))
      .then((life) => {
        expect(life.state.money.map(({ id, owedFen }) => [id, owedFen])).toEqual([
          ['c1', 123_456],
          ['c2', 5],
        ]);
        expect(life.state.money[0]).not.toHaveProperty('type');
      });
  });

  it('an item is corrected to what it is now, by somebody who says why; the other items stay', () => {
    const correct = (itemId: string, so: Partial<typeof parts>, owedFen = 10): IssueCommand => ({
      ...(money(owedFen, so) as Extract<IssueCommand, { type: 'recordMoney' }>),
      type: 'correctMoney',
      itemId,
      reason: text('reason'),
    });
    given(underWay())
      .when(at, by('office', money(10, { recoveredFen: 4, outstandingFen: 6 })))
      .when(at, by('office', money(5, { adjustedFen: 5 })))
      .when(at, by('office', correct('c1', { recoveredFen: 10 })))
      .then(happened('moneyCorrected', { id: 'c1', recoveredFen: 10, outstandingFen: 0, reason: text('reason') }))
      .then(({ state }) => {
        expect(state.money.map(({ id, recoveredFen, outstandingFen }) => [id, recoveredFen, outstandingFen])).toEqual([
          ['c1', 10, 0],
          ['c2', 0, 0],
        ]);
        expect(state.money[0]).not.toHaveProperty('reason');
      })
      .when(at, by('office', correct('c1', { recoveredFen: 10 })))
      .then(refused('money.unchanged'))
      .when(at, by('office', correct('c9', { recoveredFen: 10 })))
      .then(refused('money.unknown'))
      .when(at, by('office', correct('c2', { adjustedFen: 4 }, 5)))
      .then(refused('money.identity'));
  });

  it('a difference is named in yuan', () => {
    const life = given(underWay()).when(at, by('office', money(100_000_00, { recoveredFen: 99_876_55, refundedFen: 1 })));
    life.then(refused('money.identity'));
    const command = money(100_000_00, { recoveredFen: 99_876_55, refundedFen: 1 });
    const decision = decide(life.state, command, { ...life.context, now: instant(at), actor: 'office' });
    expect(decision.ok ? '' : decision.rejection.what).toBe(
      '应追缴或应退100,000.00元，已追缴、已退还、上缴国库、上缴廉政账户、调账核销、未到位合计99,876.56元，相差123.44元。',
    );
  });

  it.each([[{ recoveredFen: -5, outstandingFen: 10 }], [{ treasuryFen: 2.5, outstandingFen: 2.5 }], [{ adjustedFen: Number.NaN }]])(
    '%j is no sum of fen',
    (so) => {
      given(underWay())
        .when(at, by('office', money(5, so)))
        .then(refused('money.amount'));
    },
  );

  it('nothing owed is nothing to record', () => {
    given(underWay())
      .when(at, by('office', money(0)))
      .then(refused('money.amount'));
  });

  it('is taken exactly when the identity holds', () => {
    const fen = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(fc.tuple(fen, fen, fen, fen, fen, fen), fc.integer({ min: -2, max: 2 }), (sums, off) => {
        const own = Object.fromEntries(moneyParts.map((field, index) => [field, sums[index] ?? 0]));
        const owed = sums.reduce((total, one) => total + one, 0) + off;
        fc.pre(owed > 0);
        const { rejection } = given(underWay()).when(at, by('office', money(owed, own))).last;
        expect(rejection).toBe(off === 0 ? null : 'money.identity');
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [123, '1.23'],
    [-123_456_789, '-1,234,567.89'],
    [100_000, '1,000.00'],
    [Number.MAX_SAFE_INTEGER, '90,071,992,547,409.91'],
  ])('%i fen are %s yuan', (fen, text_) => {
    expect(yuan(fen)).toBe(text_);
  });
});

describe('rules that were made', () => {
  const rule = (so: Partial<Command<'recordRule'>> = {}): IssueCommand => ({
    type: 'recordRule',
    name: text('rule'),
    madeOn: day('2026-06-30'),
    ...so,
  });

  it('are listed with name, number and day', () => {
    given(underWay())
      .when(at, by('office', rule({ number: ' 卫健〔2026〕3号 ' })))
      .then(state({ newRules: [{ id: 'r1', name: text('rule'), number: '卫健〔2026〕3号', madeOn: day('2026-06-30') }] }))
      .when(at, by('office', rule({ number: '卫健〔2026〕3号' })))
      .then(refused('rule.twice'))
      .when(at, by('office', rule({ number: ' ' })))
      .then(happened('ruleRecorded', { id: 'r2', number: null }));
  });

  it('not before they are', () => {
    given(underWay())
      .when(at, by('office', rule({ madeOn: day('2026-07-02') })))
      .then(refused('rule.future'));
    given(underWay())
      .when(at, by('office', rule({ madeOn: day('2026-07-01') })))
      .then(accepted);
  });
});

describe('what is said in public', () => {
  const say = (status: Command<'setPublicStatus'>['status'], on = '2026-07-01'): IssueCommand => ({
    type: 'setPublicStatus',
    status,
    on: day(on),
  });
  const coordination = (asked: 'asked' | 'accepted' | 'refused' | 'answered') => ({
    coordination: { askedBy: 'head', coordinator: 'inspectionOffice' as const, state: asked, answerBy: null },
  });

  it('is as of a day that has come, and not older than what was said', () => {
    given(underWay())
      .when(at, by('office', say('inProgress', '2026-06-30')))
      .then(state({ publicStatus: { status: 'inProgress', on: day('2026-06-30') }, phase: 'rectifying' }))
      .when(at, by('office', say('basicallyCompleted', '2026-06-29')))
      .then(refused('publicStatus.order'))
      .when(at, by('office', say('basicallyCompleted', '2026-06-30')))
      .then(accepted)
      .when(at, by('office', say('basicallyCompleted', '2026-07-02')))
      .then(refused('publicStatus.future'));
  });

  it('completed needs a rectification that is finished, struck off or not', () => {
    for (const life of [registered(), rectifying(), underWay()])
      given(life)
        .when(at, by('office', say('completed')))
        .then(refused('publicStatus.tooEarly'));
    for (const life of [done(), handedIn(), closed()])
      given(life)
        .when(at, by('office', say('completed')))
        .then(accepted);
  });

  it('a report’s own claim is not enough, nor what was sent back or fell back', () => {
    given(registered({ reported: 'completed' }))
      .when(at, by('office', say('completed')))
      .then(refused('publicStatus.tooEarly'));
    having(done(), { returns: 1 })
      .when(at, by('office', say('completed')))
      .then(refused('publicStatus.tooEarly'));
    having(handedIn(), { returns: 1 })
      .when(at, by('office', say('completed')))
      .then(accepted);
    given(relapsed())
      .when('2026-12-11T09:00+08:00', by('office', say('completed')))
      .then(refused('publicStatus.tooEarly'));
  });

  it('what waits for a coordination is never completed', () => {
    for (const asked of ['asked', 'accepted'] as const)
      having(done(), coordination(asked))
        .when(at, by('office', say('completed')))
        .then(refused('publicStatus.coordination'));
    for (const asked of ['refused', 'answered'] as const)
      having(done(), coordination(asked))
        .when(at, by('office', say('completed')))
        .then(accepted);
    having(done(), coordination('accepted'))
      .when(at, by('office', say('basicallyCompleted')))
      .then(accepted);
  });
});

describe('落实情况', () => {
  const edit = (name: string): IssueCommand => ({ type: 'editImplementation', text: text(name) });

  it('one text, the last one holds, also after the issue is final', () => {
    given(underWay())
      .when(at, by('office', edit('a')))
      .when(at, by('clerk', edit('b')))
      .then(state({ implementation: text('b') }));
    having(closed(), { phase: 'consolidated' })
      .when(at, by('office', edit('c')))
      .then(accepted);
  });

  it('what is rectified off the system has no text here', () => {
    having(underWay(), { offSystem: true })
      .when(at, by('office', edit('a')))
      .then(refused('issue.offSystem'));
  });
});

describe('who records', () => {
  const recordings: readonly IssueCommand[] = [
    { type: 'recordRule', name: text('n'), madeOn: day('2026-06-30') },
    { type: 'setPublicStatus', status: 'inProgress', on: day('2026-06-30') },
    { type: 'editImplementation', text: text('t') },
  ];

  it('the rectification office; handling also the discipline group', () => {
    for (const command of recordings)
      for (const actor of ['head', 'discipline', 'inspector', 'leader'])
        given(underWay()).when(at, by(actor, command)).then(refused('role.notAllowed'));
    given(underWay())
      .when(at, by('head', { type: 'recordHandling', kind: 'other', persons: 0, personTimes: 0 }))
      .then(refused('role.notAllowed'));
  });
});

describe('what a state keeps for lists', () => {
  it('title, text, causes, the last progress and the evidence of a measure', () => {
    expect(registered().state).toMatchObject({ title: text('title'), text: text('text'), rootCause: null, progress: null });
    const life = given(underWay()).when(at, by('handler', { type: 'reportProgress', progress: text('half done') }));
    expect(life.state.progress).toEqual({ text: text('half done'), at: '2026-07-01T01:00:00.000Z' });
    expect(done().state.measures[0]).toMatchObject({ evidence: text('evidence') });
  });
});
