import { defaultPolicy } from '../../domain/policy/default-policy';
import { complete, handIn, ofDepot, planned, reviewedThrough, withDepot } from './shared';
import { accepted, by, given, happened, measure, owed, recordCheckBack, refused, stands, state, tells, text, type Life } from './support';

// Struck off on 15 June 2026 with something left to keep up: two years end on 15 June 2028.

const limited = (): Life => planned([measure('2026-06-30'), measure(null, true)]);
const closedWithTail = (life = limited()): Life =>
  reviewedThrough(life.when('2026-06-01T09:00+08:00', by('handler', complete('m1'))).when('2026-06-02T09:00+08:00', by('head', handIn)));
const confirm = by('handler', { type: 'confirmUpkeep', progress: text('kept') });
const notDrawn = by('inspector', { type: 'drawCheckBack', seed: 'seed-1', checkers: [] });
const drawn = by('inspector', { type: 'drawCheckBack', seed: 'S', checkers: ['inspector', 'inspector2'], chosen: true });
const unseen = (): Life => closedWithTail().when('2026-12-01T09:00+08:00', notDrawn);

describe('长期坚持 beside a limit', () => {
  it('the limited part is struck off, and the unit owes a confirmation each half-year', () => {
    closedWithTail().then(
      stands('closed'),
      state({ tail: true }),
      owed('checkBackDraw#1 inspectionOffice 2026-12-15', 'upkeep#1 unitHead 2026-12-15'),
      tells('2026-06-15 upkeep#1 opened > head'),
    );
  });

  it('without anything sustained there is no tail', () => {
    given(closedWithTail(planned([measure('2026-06-30')]))).then(
      state({ tail: false }),
      owed('checkBackDraw#1 inspectionOffice 2026-12-15'),
    );
  });

  it('a limit and 长期坚持 in one measure, or a co-unit’s, is a tail too', () => {
    given(closedWithTail(planned([measure('2026-06-30', true)]))).then(state({ tail: true }));
    given(closedWithTail(planned([measure('2026-06-30'), ofDepot(null, true)]))).then(
      owed('checkBackDraw#1 inspectionOffice 2026-12-15', 'upkeep#1 unitHead 2026-12-15'),
    );
  });

  it('reminds the lead unit, and ends at the first responsible person', () => {
    given(closedWithTail())
      .when('2026-12-01T09:00+08:00', notDrawn)
      .passesTo('2027-01-04T00:00+08:00')
      .then(
        tells(
          '2026-12-05 upkeep#1 before-10 > handler head',
          '2026-12-16 upkeep#1 overdue > clerk head leader office',
          '2026-12-18 upkeep#1 after-3 > clerk head leader office',
          '2026-12-25 upkeep#1 after-8 > clerk leader office secretary',
        ),
      );
  });

  it('confirmed, the next half-year begins', () => {
    given(closedWithTail())
      .when('2026-12-10T09:00+08:00', confirm)
      .then(
        accepted,
        happened('upkeepConfirmed', { ended: false, progress: text('kept') }),
        owed('checkBackDraw#1 inspectionOffice 2026-12-15', 'upkeep#2 unitHead 2027-06-10'),
      );
  });

  it.each(['handler', 'head', 'liaison'])('by %s', (who) => {
    given(closedWithTail())
      .when('2026-12-10T09:00+08:00', by(who, { type: 'confirmUpkeep', progress: text('kept') }))
      .then(accepted);
  });

  it.each(['depotHead', 'storeman', 'office', 'inspector', 'leader'])('not by %s', (who) => {
    given(closedWithTail(planned([measure('2026-06-30'), ofDepot(null, true)])))
      .when('2026-12-10T09:00+08:00', by(who, { type: 'confirmUpkeep', progress: text('kept') }))
      .then(refused('role.notAllowed'));
  });

  it('only where something is kept up', () => {
    given(limited()).when('2026-06-01T09:00+08:00', confirm).then(refused('phase.notAllowed'));
    given(closedWithTail(planned([measure('2026-06-30')])))
      .when('2026-12-10T09:00+08:00', confirm)
      .then(refused('upkeep.none'));
  });
});

describe('the end of the upkeep', () => {
  const kept = (life: Life, ...days: string[]): Life => days.reduce((one, date) => one.when(`${date}T09:00+08:00`, confirm), life);

  it.each([
    ['some days early', ['2026-12-08', '2027-06-03', '2027-11-29'], '2028-05-26'],
    ['on the day', ['2026-12-15', '2027-06-15', '2027-12-15'], '2028-06-15'],
    ['late', ['2026-12-21', '2027-06-28', '2028-01-10'], '2028-07-12'],
    ['once, years later', [], '2028-07-03'],
  ])('after two years, confirmed %s', (_, days, last) => {
    given(kept(unseen(), ...days))
      .then(stands('upkeep'))
      .when(`${last}T09:00+08:00`, confirm)
      .then(
        stands('consolidated'),
        happened('upkeepConfirmed', { ended: true }),
        happened('consolidated', { basis: 'keptUp', seed: null, seen: null }),
        owed(),
      );
  });

  it('often confirmed is not sooner ended', () => {
    given(kept(unseen(), '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-07', '2026-12-08')).then(
      stands('upkeep'),
      owed('upkeep#6 unitHead 2027-06-08'),
    );
  });

  it('before the draw it just ends: whether to look again is still the inspection office’s', () => {
    kept(closedWithTail(), '2026-12-15', '2027-06-15', '2027-12-15', '2028-06-15')
      .then(stands('closed'), happened('upkeepConfirmed', { ended: true }), owed('checkBackDraw#1 inspectionOffice 2026-12-15'))
      .when('2028-06-16T09:00+08:00', confirm)
      .then(refused('upkeep.none'))
      .when('2028-06-19T09:00+08:00', notDrawn)
      .then(stands('consolidated'), owed());
  });

  it('a passed check-back ends it', () => {
    given(closedWithTail())
      .when('2026-12-01T09:00+08:00', drawn)
      .then(stands('afterCheckBack'), owed('upkeep#1 unitHead 2026-12-15', 'afterCheckBack#1 inspectionOffice 2026-12-29'))
      .when('2026-12-07T09:00+08:00', confirm)
      .then(accepted, owed('afterCheckBack#1 inspectionOffice 2026-12-29', 'upkeep#2 unitHead 2027-06-07'))
      .when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('consolidated')))
      .then(stands('consolidated'), owed(), state({ tail: true }));
  });

  it('a relapse ends it: all is to be done again', () => {
    given(closedWithTail())
      .when('2026-12-01T09:00+08:00', drawn)
      .when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('relapsed')))
      .then(stands('rectifying'), owed('rectify#3 unitHead 2027-01-07'), state({ tail: false }));
  });

  it('not drawn: it is kept up to its end, and owes no draw any more', () => {
    given(closedWithTail())
      .when('2026-12-01T09:00+08:00', notDrawn)
      .then(
        stands('upkeep'),
        happened('consolidated', { basis: 'notDrawn' }),
        owed('upkeep#1 unitHead 2026-12-15'),
        state({ phase: 'upkeep' }),
      );
  });

  it('a policy that looks at nothing again: kept up from the closeout on', () => {
    const policy = { ...defaultPolicy, checkBackAfter: { ...defaultPolicy.checkBackAfter, value: 'none' as const } };
    const context = { ...withDepot, policy };
    closedWithTail(planned([measure('2026-06-30'), measure(null, true)], { context })).then(
      stands('upkeep'),
      happened('closed', { tail: true }),
      happened('consolidated', { basis: 'notRequired' }),
      owed('upkeep#1 unitHead 2026-12-15'),
    );
    given(closedWithTail(planned([measure('2026-06-30')], { context }))).then(stands('consolidated'), owed());
  });
});
