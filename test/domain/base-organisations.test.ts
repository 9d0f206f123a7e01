import { decideBase } from '../../domain/base/decide';
import type { BaseEvent } from '../../domain/base/events';
import { emptyBase, evolveBase } from '../../domain/base/evolve';
import { baseKind, type BaseFacts, type NeededSeat } from '../../domain/base/watch';
import type { RuleContext } from '../../domain/context';
import type { Directory, Post } from '../../domain/directory';
import { forecast } from '../../domain/obligation/forecast';
import { dutyHolders } from '../../domain/parties';
import { instant } from '../../domain/time';
import { Base, clinic, item, seat } from './base-story';
import { day, directory, post, withDirectory } from './support';

// Two organisations below one inspection office: the health bureau of all stories, and a school board.
const board: readonly Post[] = [
  post('boardSecretary', 'board', 'firstResponsible'),
  post('boardOffice', 'board', 'rectificationOffice'),
  post('boardLeader', 'board', 'leadLeader'),
  post('principal', 'school', 'unitHead'),
];
const two = (change: Partial<Directory> = {}): RuleContext =>
  withDirectory({
    units: [
      ...directory.units,
      { id: 'board', name: '临江区教体局', kind: 'organisation', parentId: 'inspection' },
      { id: 'school', name: '南湖学校', kind: 'unit', parentId: 'board' },
    ],
    persons: [
      ...directory.persons,
      ...[...board.map(({ personId }) => personId), 'newPrincipal', 'newHead', 'keeper', 'watchHead'].map((id) => ({
        id,
        name: id,
        email: null,
      })),
    ],
    posts: [...directory.posts, ...board],
    ...change,
  });
const without = (...persons: readonly string[]): RuleContext =>
  two({ posts: posts().filter(({ personId }) => !persons.includes(personId)) });
const posts = (): readonly Post[] => two().directory.posts;
const and = (...more: readonly Post[]): RuleContext => two({ posts: [...posts(), ...more] });

const school: NeededSeat = { ...seat('unitHead', 'school'), organisationId: 'board' };
const needs = (...seats: readonly NeededSeat[]): BaseFacts => ({ seats, uncoveredYears: [], itemsOf: () => [item] });
const officesOf = (organisationId: string): NeededSeat[] =>
  (['rectificationOffice', 'firstResponsible', 'inspectionOffice'] as const).map((role) => ({
    ...seat(role, organisationId),
    organisationId,
  }));

const START = '2026-03-02T09:00+08:00';
const looked = (context: RuleContext, ...seats: readonly NeededSeat[]): Base => new Base(context, needs(...seats)).look(START);

describe('a vacancy', () => {
  it('is heard of by the rectification office of its own organisation only', () => {
    const clinicOnly = looked(two(), { ...clinic, organisationId: 'bureau' }, school)
      .under(without('head'))
      .look('2026-04-01T09:00+08:00');
    expect(clinicOnly.last[0]).toEqual({ type: 'vacancyFound', seat: plain(clinic), formerly: 'head', organisationId: 'bureau' });
    expect(clinicOnly.told).toEqual(['2026-04-01 vacancy:unitHead:clinic#1 opened > clerk office']);
    const schoolOnly = looked(two(), clinic, school).under(without('principal')).look('2026-04-01T09:00+08:00');
    expect(schoolOnly.told).toEqual(['2026-04-01 vacancy:unitHead:school#1 opened > boardOffice']);
  });

  it('its ladder ends at its own first responsible person, as it does in a deployment of one', () => {
    const base = looked(two(), clinic, school).under(without('head', 'principal')).look('2026-04-01T09:00+08:00');
    const told = base.passesTo('2026-05-15T09:00+08:00').told;
    expect(told.filter((line) => line.includes('school'))).toEqual([
      '2026-04-09 vacancy:unitHead:school#1 half-time > boardOffice',
      '2026-04-17 vacancy:unitHead:school#1 overdue > boardOffice boardSecretary',
      '2026-04-23 vacancy:unitHead:school#1 after-5 > boardOffice boardSecretary',
      '2026-05-11 vacancy:unitHead:school#1 after-5 > boardOffice boardSecretary',
    ]);
    const alone = looked(withDirectory({}), clinic)
      .under(withDirectory({ posts: directory.posts.filter(({ personId }) => personId !== 'head') }))
      .look('2026-04-01T09:00+08:00')
      .passesTo('2026-05-15T09:00+08:00');
    expect(told.filter((line) => line.includes('clinic'))).toEqual(alone.told);
    expect(alone.told.at(-1)).toBe('2026-05-11 vacancy:unitHead:clinic#1 after-5 > clerk office secretary');
  });

  it('an organisation without a rectification office: the inspection office hears, not the other organisation', () => {
    const base = looked(two(), ...officesOf('bureau'), ...officesOf('board')).under(without('boardOffice', 'principal'));
    expect(base.look('2026-04-01T09:00+08:00').told).toEqual([
      '2026-04-01 vacancy:rectificationOffice:board#1 opened > inspector inspector2',
    ]);
  });

  it('a leader by name is missed by the organisation whose issues they lead, whoever they are', () => {
    const leads = (organisationId: string): NeededSeat => ({ ...seat('leadLeader', null, 'boardLeader'), organisationId });
    const gone = (...seats: readonly NeededSeat[]): Base =>
      looked(two(), ...seats)
        .under(without('boardLeader'))
        .look('2026-04-01T09:00+08:00');
    expect(gone(leads('board')).told).toEqual(['2026-04-01 vacancy:leadLeader:boardLeader#1 opened > boardOffice']);
    const both = gone(leads('bureau'), leads('board'));
    expect(both.told).toEqual([
      '2026-04-01 vacancy:leadLeader:boardLeader#1 opened > boardOffice',
      '2026-04-01 vacancy:leadLeader:boardLeader#2 opened > clerk office',
    ]);
    expect(both.look('2026-04-02T09:00+08:00').last).toEqual([]);
    // the board's issues have another leader: its vacancy ends, the bureau's goes on
    const one = both.needing({ seats: [leads('bureau')] }).look('2026-04-02T09:00+08:00');
    expect(one.types).toEqual(['vacancyEnded']);
    expect(one.owed).toEqual(['vacancy:leadLeader:boardLeader#2 rectificationOffice 2026-04-16']);
    const again = one.needing({ seats: [leads('board'), leads('bureau')] }).look('2026-04-03T09:00+08:00');
    expect(again.told).toEqual(['2026-04-03 vacancy:leadLeader:boardLeader#3 opened > boardOffice']);
    const back = again.under(two()).look('2026-04-07T09:00+08:00');
    expect(back.types).toEqual(['vacancyEnded']);
    expect(back.owed).toEqual([]);
  });

  it('a unit that moves to the other organisation takes its vacancy along', () => {
    const base = looked(without('principal'), school);
    const units = two().directory.units.map((unit) => (unit.id === 'school' ? { ...unit, parentId: 'bureau' } : unit));
    const moved = base.under(two({ units, posts: without('principal').directory.posts })).look('2026-03-04T09:00+08:00');
    expect(moved.types).toEqual(['vacancyEnded', 'vacancyFound', 'rungFired']);
    expect(moved.owed).toEqual(['vacancy:unitHead:school#2 rectificationOffice 2026-03-18']);
    expect(moved.told).toEqual(['2026-03-04 vacancy:unitHead:school#2 opened > clerk office']);
  });
});

describe('a handover', () => {
  const changed = and(post('newPrincipal', 'school', 'unitHead'), post('newHead', 'clinic', 'unitHead'));
  const context = two({ posts: changed.directory.posts.filter(({ personId }) => !['principal', 'head'].includes(personId)) });
  const base = (): Base => looked(two(), clinic, school).under(context).look('2026-04-01T09:00+08:00');

  it('its letter is asked of its own office, and what is overdue ends at its own head', () => {
    expect(base().told).toEqual([
      '2026-04-01 handover:unitHead:clinic#1 opened > newHead',
      '2026-04-01 handover:unitHead:school#1 opened > newPrincipal',
      '2026-04-01 signPaper:reminderLetter-1 opened > clerk office',
      '2026-04-01 signPaper:reminderLetter-2 opened > boardOffice',
    ]);
    const late = base()
      .passesTo('2026-04-17T09:00+08:00')
      .told.filter((line) => line.includes('overdue'));
    expect(late).toEqual([
      '2026-04-04 signPaper:reminderLetter-1 overdue > clerk office secretary',
      '2026-04-04 signPaper:reminderLetter-2 overdue > boardOffice boardSecretary',
      '2026-04-17 handover:unitHead:clinic#1 overdue > clerk newHead office secretary',
      '2026-04-17 handover:unitHead:school#1 overdue > boardOffice boardSecretary newPrincipal',
    ]);
  });

  it('another organisation’s office does not sign the letter', () => {
    const letter = { type: 'signPaper', paperId: 'reminderLetter-2' } as const;
    for (const stranger of ['office', 'clerk', 'inspector', 'newPrincipal'])
      expect(base().refusal('2026-04-02T09:00+08:00', stranger, letter)).toBe('role.notAllowed');
    expect(base().does('2026-04-02T09:00+08:00', 'boardOffice', letter).state.papers).toMatchObject([
      { state: 'draft' },
      { state: 'issued' },
    ]);
  });

  it('what is forecast is what fires, vacancies and handovers of both', () => {
    const dated = two({
      posts: [
        ...posts().filter(({ personId }) => !['principal', 'head'].includes(personId)),
        post('head', 'clinic', 'unitHead', { to: day('2026-03-31') }),
        post('newHead', 'clinic', 'unitHead', { from: day('2026-05-06') }),
        post('principal', 'school', 'unitHead', { to: day('2026-04-30') }),
        post('newPrincipal', 'school', 'unitHead', { from: day('2026-05-01') }),
      ],
    });
    const started = looked(dated, clinic, school, ...officesOf('bureau'), ...officesOf('board'));
    const fired = started.passesTo('2026-08-31T09:00+08:00').last.filter(({ type }) => type === 'rungFired');
    expect(fired.length).toBeGreaterThan(20);
    expect(fired).toEqual(forecast(baseKind(started.facts), started.state, dated, instant('2026-08-31T09:00+08:00')));
  });
});

describe('posts of the inspecting side', () => {
  const watchHead: NeededSeat = { ...seat('unitHead', 'watch'), organisationId: 'bureau' };
  const empty = (...more: readonly Post[]): RuleContext =>
    two({ posts: [...posts().filter(({ role }) => role !== 'inspectionOffice'), ...more] });
  const board_ = officesOf('board');

  it('its own rectification office hears if there is one', () => {
    const keeper = post('keeper', 'inspection', 'rectificationOffice');
    expect(looked(and(keeper), watchHead).told).toEqual(['2026-03-02 vacancy:unitHead:watch#1 opened > keeper']);
    expect(looked(empty(keeper), ...board_).told).toEqual(['2026-03-02 vacancy:inspectionOffice:board#1 opened > keeper']);
  });

  it('else the inspection office, which signs the letter of a new head too', () => {
    const base = looked(two(), watchHead);
    expect(base.told).toEqual(['2026-03-02 vacancy:unitHead:watch#1 opened > inspector inspector2']);
    expect(base.passesTo('2026-04-10T09:00+08:00').told.at(-1)).toBe('2026-04-07 vacancy:unitHead:watch#1 after-5 > inspector inspector2');
    const came = base.under(and(post('watchHead', 'watch', 'unitHead'))).look('2026-03-04T09:00+08:00');
    const letter = { type: 'signPaper', paperId: 'reminderLetter-1' } as const;
    expect(came.refusal('2026-03-05T09:00+08:00', 'office', letter)).toBe('role.notAllowed');
    expect(came.does('2026-03-05T09:00+08:00', 'inspector2', letter).state.papers).toMatchObject([{ state: 'issued' }]);
  });

  it('an inspection office without anybody is heard of by the organisation that needs it, each for itself', () => {
    const base = looked(empty(), ...officesOf('bureau'), ...board_);
    expect(base.told).toEqual([
      '2026-03-02 vacancy:inspectionOffice:board#1 opened > boardOffice',
      '2026-03-02 vacancy:inspectionOffice:bureau#1 opened > clerk office',
    ]);
    expect(base.look('2026-03-03T09:00+08:00').last).toEqual([]);
  });

  it('the office of another tree is not told, unless nobody else is left', () => {
    const units = [
      ...two().directory.units.map((unit) => (unit.kind === 'unit' ? unit : { ...unit, parentId: null })),
      { id: 'elsewhere', name: '临川区委巡察办', kind: 'inspection' as const, parentId: null },
    ];
    const keeper = post('keeper', 'elsewhere', 'rectificationOffice');
    expect(looked(two({ units, posts: [...posts(), keeper] }), watchHead).told).toEqual([
      '2026-03-02 vacancy:unitHead:watch#1 opened > boardOffice clerk keeper office',
    ]);
    const inspection = { ...seat('unitHead', 'inspection'), organisationId: 'bureau' };
    expect(looked(two({ units, posts: [...posts(), keeper] }), inspection).told).toEqual([
      '2026-03-02 vacancy:unitHead:inspection#1 opened > inspector inspector2',
    ]);
  });
});

describe('what was written before', () => {
  const at = instant(START);
  const fold = (...events: readonly BaseEvent[]) =>
    events.reduce((state, event) => evolveBase(state, event, { actor: 'engine', occurredAt: at }), emptyBase());
  const holdersOf = (state: ReturnType<typeof fold>, context: RuleContext): string[] =>
    state.duties.map((duty) => `${duty.id} ${dutyHolders(context.directory, state, duty, day('2026-03-02')).personIds.join(' ')}`);

  it('an event without an organisation has it from the directory', () => {
    const state = fold(
      { type: 'vacancyFound', seat: plain(school), formerly: 'principal' },
      { type: 'vacancyFound', seat: { role: 'leadLeader', unitId: null, personId: 'leader' }, formerly: 'leader' },
      { type: 'vacancyFound', seat: { role: 'inspectionOffice', unitId: 'board', personId: null }, formerly: null },
      { type: 'handoverOpened', seat: plain(clinic), from: 'head', to: 'newHead', items: [item] },
    );
    expect(holdersOf(state, two())).toEqual([
      'vacancy:unitHead:school#1 boardOffice',
      'vacancy:leadLeader:leader#1 office clerk',
      'vacancy:inspectionOffice:board#1 inspector inspector2',
      'handover:unitHead:clinic#1 newHead',
      'signPaper:reminderLetter-1 office clerk',
    ]);
  });

  it('where the directory does not tell either, every office hears as before', () => {
    const unknown: BaseEvent = { type: 'vacancyFound', seat: { role: 'unitHead', unitId: 'closed', personId: null }, formerly: null };
    expect(holdersOf(fold(unknown), two())).toEqual(['vacancy:unitHead:closed#1 office clerk boardOffice']);
    expect(holdersOf(fold({ ...unknown, organisationId: 'gone' }), two())).toEqual(['vacancy:unitHead:closed#1 office clerk boardOffice']);
  });

  it('an open vacancy of then is not opened again', () => {
    const old = fold({ type: 'vacancyFound', seat: plain(school), formerly: 'principal' });
    const context = without('principal');
    const base = new Base(context, needs(school), old);
    expect(base.look('2026-03-03T09:00+08:00').last.filter(({ type }) => type !== 'rungFired')).toEqual([]);
    expect(base.look('2026-03-03T09:00+08:00').told).toEqual(['2026-03-02 vacancy:unitHead:school#1 opened > boardOffice']);
  });

  it('a second organisation that is added later divides what is open', () => {
    const one = withDirectory({ posts: directory.posts.filter(({ personId }) => personId !== 'head') });
    const base = looked(one, clinic);
    expect(base.last[0]).toEqual({ type: 'vacancyFound', seat: plain(clinic), formerly: null });
    const later = base.under(without('head')).passesTo('2026-03-20T09:00+08:00');
    expect(later.told).toEqual([
      '2026-03-09 vacancy:unitHead:clinic#1 half-time > clerk office',
      '2026-03-17 vacancy:unitHead:clinic#1 overdue > clerk office secretary',
    ]);
  });

  it('the holiday table is still anybody’s to enter', () => {
    const command = { type: 'enterCalendarYear', year: '27', table: { source: '', off: [], work: [] } } as const;
    for (const actor of ['office', 'boardOffice', 'inspector']) {
      const decision = decideBase(emptyBase(), command, { ...two(), now: at, actor });
      expect(decision.ok ? null : decision.rejection.code).toBe('calendar.year');
    }
  });
});

function plain({ role, unitId, personId }: NeededSeat) {
  return { role, unitId, personId };
}
