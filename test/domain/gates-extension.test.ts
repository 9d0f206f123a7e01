import {
  accepted,
  by,
  directory,
  done,
  extension,
  given,
  happened,
  owed,
  post,
  rectifying,
  refused,
  relapsed,
  text,
  underWay,
  withDirectory,
} from './support';

describe('extensions', () => {
  const ask = (date: string) => by('head', extension(date));
  const grant = by('inspector', { type: 'decideExtension', granted: true });

  it.each([
    ['date.past', '2026-03-31'],
    ['extension.notLater', '2026-09-01'],
    ['extension.notLater', '2026-09-30'],
    ['extension.tooLong', '2027-03-30'],
  ])('%s', (code, date) => {
    given(underWay()).when('2026-04-01T09:00+08:00', ask(date)).then(refused(code));
  });

  it('a later day that falls back onto the day in force extends nothing', () => {
    // Saturday 2026-10-31 is due on Friday the 30th
    given(underWay({ due: '2026-10-30' }))
      .when('2026-04-01T09:00+08:00', ask('2026-10-31'))
      .then(refused('extension.notLater'));
  });

  it('one request waits at a time, and only what was asked is decided', () => {
    given(underWay())
      .when('2026-04-01T09:00+08:00', grant)
      .then(refused('extension.none'))
      .when('2026-04-01T10:00+08:00', ask('2026-10-15'))
      .when('2026-04-01T11:00+08:00', ask('2026-10-16'))
      .then(refused('extension.pending'));
  });

  it('at most two, together at most 180 days from the first day', () => {
    const once = given(underWay()).when('2026-04-01T09:00+08:00', ask('2026-12-31')).when('2026-04-02T09:00+08:00', grant);
    once.when('2026-04-03T09:00+08:00', ask('2027-03-30')).then(refused('extension.tooLong'));
    once
      .when('2026-04-03T09:00+08:00', ask('2027-03-29'))
      .then(accepted)
      .when('2026-04-07T09:00+08:00', grant)
      .then(accepted)
      .when('2026-04-08T09:00+08:00', ask('2027-03-30'))
      .then(refused('extension.tooMany'));
  });

  it('the length counts together even where no plan named a day', () => {
    given(underWay({ due: null }))
      .when('2026-04-01T09:00+08:00', ask('2026-11-27'))
      .when('2026-04-02T09:00+08:00', grant)
      .when('2026-04-03T09:00+08:00', ask('2026-12-31'))
      .then(refused('extension.tooLong'));
  });

  it('a relapse years later can still be extended: what counts is what was granted', () => {
    given(relapsed()).when('2027-01-05T09:00+08:00', ask('2027-01-29')).then(accepted);
  });

  it('who asked does not decide', () => {
    const both = withDirectory({ posts: [...directory.posts, post('head', 'inspection', 'inspectionOffice')] });
    given(underWay({ context: both }))
      .when('2026-04-01T09:00+08:00', ask('2026-10-15'))
      .when('2026-04-02T09:00+08:00', by('head', { type: 'decideExtension', granted: true }))
      .then(refused('approver.isRequester'))
      .when('2026-04-02T10:00+08:00', grant)
      .then(accepted);
  });

  it('is late from the midnight after the due day', () => {
    given(underWay())
      .when('2026-09-30T23:59+08:00', ask('2026-11-30'))
      .then(happened('extensionRequested', { late: false }));
    given(underWay())
      .when('2026-10-01T00:00+08:00', ask('2026-11-30'))
      .then(happened('extensionRequested', { late: true }));
  });

  it('a plan that the inspection office returns voids the request: one duty to rectify, its clock running', () => {
    given(rectifying())
      .when('2026-03-13T09:00+08:00', ask('2026-10-15'))
      .then(
        owed(
          'planReview#1 inspectionOffice 2026-03-26',
          'rectify#2 unitHead 2026-09-30 stopped',
          'extensionDecision#1 inspectionOffice 2026-03-18',
        ),
      )
      .when('2026-03-16T09:00+08:00', by('inspector', { type: 'reviewPlan', verdict: 'returned', opinion: text('o') }))
      .then(owed('rectify#2 unitHead 2026-09-30', 'plan#2 unitHead 2026-03-30'))
      .when('2026-03-17T09:00+08:00', grant)
      .then(refused('extension.none'));
  });

  it('a request for closeout settles it', () => {
    given(done())
      .when('2026-06-02T09:00+08:00', ask('2026-10-15'))
      .when('2026-06-03T09:00+08:00', by('head', { type: 'requestCloseout' }))
      .then(owed('checkBack#1 rectificationOffice 2026-06-25'));
  });
});
