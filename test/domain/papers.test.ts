import {
  by,
  given,
  handedIn,
  happened,
  notice,
  owed,
  paper,
  recordCheckBack,
  refused,
  stands,
  text,
  underWay,
  withDirectory,
  directory,
  post,
  approve,
  day,
  accepted,
} from './support';

/** Overdue by five workdays: the reminder letter waits for a signature. */
const lettered = () => underWay().passesTo('2026-10-13T02:00+08:00');
const sign = (actor: string, paperId = 'reminderLetter-1') => by(actor, { type: 'signPaper', paperId });
const reply = (actor: string, paperId = 'reminderLetter-1') => by(actor, { type: 'replyToPaper', paperId, reply: text('reply') });

describe('a paper', () => {
  it('is drafted by a rung, and its issuer owes the signature', () => {
    given(lettered()).then(
      paper('reminderLetter-1', 'draft'),
      owed('rectify#2 unitHead 2026-09-30', 'signPaper:reminderLetter-1 rectificationOffice 2026-10-15'),
    );
  });

  it('signed, it has a number to be drawn and its addressee owes a reply', () => {
    given(lettered())
      .when('2026-10-13T09:00+08:00', sign('clerk'))
      .then(
        happened('paperSigned', { paperId: 'reminderLetter-1', number: '{number}', signedOn: day('2026-10-13') }),
        paper('reminderLetter-1', 'issued'),
        owed('rectify#2 unitHead 2026-09-30', 'reply:reminderLetter-1 leadLeader 2026-10-20'),
        notice({ duty: 'reply:reminderLetter-1', rung: 'opened', to: ['leader'] }),
      )
      .when('2026-10-14T09:00+08:00', reply('leader'))
      .then(paper('reminderLetter-1', 'replied'), owed('rectify#2 unitHead 2026-09-30'));
  });

  it('unanswered, is heard of by the inspection office', () => {
    given(lettered())
      .when('2026-10-13T09:00+08:00', sign('clerk'))
      .passesTo('2026-10-23T02:00+08:00')
      .then(
        notice({ duty: 'reply:reminderLetter-1', rung: 'half-time', to: ['leader'] }),
        notice({ duty: 'reply:reminderLetter-1', rung: 'overdue', to: ['leader', 'office', 'clerk'] }),
        notice({ duty: 'reply:reminderLetter-1', rung: 'after-3', to: ['inspector', 'inspector2', 'secretary', 'office', 'clerk'] }),
      );
  });

  it('is signed once, by its issuer, and answered once, by its addressee', () => {
    given(lettered())
      .when('2026-10-13T09:00+08:00', reply('leader'))
      .then(refused('paper.notIssued'))
      .when('2026-10-13T10:00+08:00', sign('inspector'))
      .then(refused('role.notAllowed'))
      .when('2026-10-13T10:00+08:00', sign('office', 'reminderLetter-9'))
      .then(refused('paper.notDraft'))
      .when('2026-10-13T11:00+08:00', sign('office'))
      .when('2026-10-13T12:00+08:00', sign('office'))
      .then(refused('paper.notDraft'))
      .when('2026-10-14T09:00+08:00', reply('secretary'))
      .then(refused('role.notAllowed'))
      .when('2026-10-14T10:00+08:00', reply('leader'))
      .when('2026-10-14T11:00+08:00', reply('leader'))
      .then(refused('paper.notIssued'));
  });

  it('each later rung has its own issuer and addressee', () => {
    const { state } = underWay().passesTo('2026-11-30T00:00+08:00');
    expect(state.papers.map(({ id, issuer, addressee, copyTo }) => [id, issuer, addressee, ...copyTo])).toEqual([
      ['reminderLetter-1', 'rectificationOffice', 'leadLeader', 'firstResponsible'],
      ['supervisionOrder-2', 'rectificationOffice', 'unitHead', 'leadLeader'],
      ['officeSupervisionOrder-3', 'inspectionOffice', 'firstResponsible', 'disciplineGroup'],
      ['finalWarning-4', 'inspectionOffice', 'firstResponsible', 'disciplineGroup'],
    ]);
  });

  it('an addressee with two open papers answers each', () => {
    const wide = withDirectory({ posts: [...directory.posts, post('secretary', 'clinic', 'liaison')] });
    given(underWay({ context: wide }).passesTo('2026-11-30T00:00+08:00'))
      .when('2026-11-30T09:00+08:00', sign('inspector', 'officeSupervisionOrder-3'))
      .when('2026-11-30T10:00+08:00', sign('inspector', 'finalWarning-4'))
      .when('2026-12-01T09:00+08:00', reply('secretary', 'finalWarning-4'))
      .then(accepted, paper('officeSupervisionOrder-3', 'issued'), paper('finalWarning-4', 'replied'))
      .when('2026-12-02T09:00+08:00', reply('secretary', 'officeSupervisionOrder-3'))
      .then(paper('officeSupervisionOrder-3', 'replied'));
  });
});

describe('when the issue is closed', () => {
  const closedWith = (life = lettered()) =>
    given(life)
      .when('2026-10-14T09:00+08:00', by('handler', { type: 'completeMeasure', measureId: 'm1', evidence: text('e') }))
      .when('2026-10-14T10:00+08:00', by('head', { type: 'requestCloseout' }))
      .when('2026-10-15T09:00+08:00', by('office', { type: 'planCheckBack', checkers: ['office', 'clerk'] }))
      .when('2026-10-16T09:00+08:00', by('office', recordCheckBack('passed')))
      .when('2026-10-19T09:00+08:00', by('discipline', approve))
      .when('2026-10-19T10:00+08:00', by('cadres', approve))
      .when('2026-10-19T11:00+08:00', by('inspector', approve))
      .then(stands('closed'), owed('checkBackDraw#1 inspectionOffice 2027-04-19'));

  it('a draft lapses: nobody signs it any more', () => {
    closedWith().then(paper('reminderLetter-1', 'lapsed')).when('2026-10-20T09:00+08:00', sign('office')).then(refused('paper.notDraft'));
  });

  it('an issued paper stays issued and asks for no reply', () => {
    closedWith(given(lettered()).when('2026-10-13T09:00+08:00', sign('office')))
      .then(paper('reminderLetter-1', 'issued'))
      .when('2026-10-20T09:00+08:00', reply('leader'))
      .then(refused('paper.notIssued'));
  });

  it('a request for closeout alone leaves the signature owed', () => {
    given(handedIn()).then(owed('checkBack#1 rectificationOffice 2026-06-24'));
  });
});
