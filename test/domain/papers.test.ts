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
  assigned,
  closed,
  registered,
  relapsed,
  silence,
  tells,
  withPolicy,
  type Life,
} from './support';
import { defaultPolicy } from '../../domain/policy/default-policy';
import type { HandPaper } from '../../domain/issue/commands';
import type { PaperOrder, Rung, Sourced } from '../../domain/policy/policy';

/** Overdue by five workdays: the reminder letter waits for a signature. */
const lettered = () => underWay().passesTo('2026-10-13T02:00+08:00');
const sign = (actor: string, paperId = 'reminderLetter-1') => by(actor, { type: 'signPaper', paperId });
const hold = (actor: string, until: string, paperId = 'reminderLetter-1') =>
  by(actor, { type: 'holdPaper', paperId, reason: text('reason'), until: day(until) });
const decline = (actor: string, paperId = 'reminderLetter-1') => by(actor, { type: 'declinePaper', paperId, reason: text('reason') });
const escalate = (actor: string, kind: HandPaper) => by(actor, { type: 'escalate', kind, reason: text('reason') });
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

const openPapers = (life: Life): string[] =>
  life.state.duties.filter(({ closedAt, kind }) => closedAt === null && (kind === 'signPaper' || kind === 'reply')).map(({ id }) => id);
const owesPapers =
  (...ids: string[]) =>
  (life: Life): void => {
    expect(openPapers(life)).toEqual(ids);
  };

describe('holding a paper', () => {
  it('the signature is owed by the named day instead, with a fresh ladder', () => {
    given(lettered())
      .when('2026-10-13T09:00+08:00', hold('clerk', '2026-11-06'))
      .then(
        happened('paperHeld', { paperId: 'reminderLetter-1', until: day('2026-11-06') }),
        paper('reminderLetter-1', 'held'),
        owed('rectify#2 unitHead 2026-09-30', 'signPaper:reminderLetter-1#2 rectificationOffice 2026-11-06'),
        tells('2026-10-13 signPaper:reminderLetter-1#2 opened > clerk office'),
      )
      .passesTo('2026-11-07T02:00+08:00')
      .then(notice({ duty: 'signPaper:reminderLetter-1#2', rung: 'overdue', to: ['clerk', 'office', 'secretary'] }));
  });

  it('a held paper is signed like a draft, and a reply is owed', () => {
    given(lettered())
      .when('2026-10-13T09:00+08:00', hold('clerk', '2026-11-06'))
      .when('2026-10-15T09:00+08:00', sign('office'))
      .then(paper('reminderLetter-1', 'issued'), owesPapers('reply:reminderLetter-1'));
  });

  it('is possible once, by its issuer, for at most 60 days', () => {
    given(lettered())
      .when('2026-10-13T09:00+08:00', hold('inspector', '2026-11-06'))
      .then(refused('role.notAllowed'))
      .when('2026-10-13T09:10+08:00', hold('office', '2026-10-12'))
      .then(refused('date.past'))
      .when('2026-10-13T09:20+08:00', hold('office', '2026-12-13'))
      .then(refused('paper.heldTooLong'))
      .when('2026-10-13T09:30+08:00', hold('office', '2026-11-06', 'reminderLetter-9'))
      .then(refused('paper.notDraft'))
      .when('2026-10-13T09:40+08:00', hold('office', '2026-12-12'))
      .then(accepted)
      .when('2026-10-14T09:00+08:00', hold('office', '2026-12-12'))
      .then(refused('paper.held'));
    given(lettered())
      .when('2026-10-13T09:00+08:00', sign('office'))
      .when('2026-10-13T10:00+08:00', hold('office', '2026-11-06'))
      .then(refused('paper.notDraft'));
  });
});

describe('declining a paper', () => {
  it('nobody owes its signature any more; the ladder goes on', () => {
    given(lettered())
      .when('2026-10-13T09:00+08:00', decline('office'))
      .then(
        happened('paperDeclined', { paperId: 'reminderLetter-1' }),
        paper('reminderLetter-1', 'declined'),
        owed('rectify#2 unitHead 2026-09-30'),
        silence,
      )
      .passesTo('2026-10-21T00:00+08:00')
      .then(paper('supervisionOrder-2', 'draft'));
  });

  it('also after it was held', () => {
    given(lettered())
      .when('2026-10-13T09:00+08:00', hold('clerk', '2026-11-06'))
      .when('2026-10-14T09:00+08:00', decline('office'))
      .then(paper('reminderLetter-1', 'declined'), owesPapers());
  });

  it('is for its issuer, and for good', () => {
    given(lettered())
      .when('2026-10-13T09:00+08:00', decline('inspector'))
      .then(refused('role.notAllowed'))
      .when('2026-10-13T10:00+08:00', decline('office', 'reminderLetter-9'))
      .then(refused('paper.notDraft'))
      .when('2026-10-13T11:00+08:00', decline('office'))
      .when('2026-10-13T12:00+08:00', decline('office'))
      .then(refused('paper.declined'))
      .when('2026-10-13T13:00+08:00', sign('office'))
      .then(refused('paper.declined'))
      .when('2026-10-13T14:00+08:00', hold('office', '2026-11-06'))
      .then(refused('paper.declined'));
    given(lettered())
      .when('2026-10-13T09:00+08:00', sign('office'))
      .when('2026-10-13T10:00+08:00', decline('office'))
      .then(refused('paper.notDraft'));
  });
});

describe('a paper drafted by hand 督办', () => {
  it("goes where the ladder's paper of that kind goes, and waits for its signature", () => {
    given(underWay())
      .when('2026-04-01T09:00+08:00', escalate('office', 'supervisionOrder'))
      .then(
        happened('escalated', {
          paper: {
            id: 'supervisionOrder-1',
            kind: 'supervisionOrder',
            issuer: 'rectificationOffice',
            addressee: 'unitHead',
            copyTo: ['leadLeader'],
            replyWorkdays: 5,
          },
        }),
        paper('supervisionOrder-1', 'draft'),
        owed('rectify#2 unitHead 2026-09-30', 'signPaper:supervisionOrder-1 rectificationOffice 2026-04-03'),
        notice({ duty: 'signPaper:supervisionOrder-1', rung: 'opened', to: ['office', 'clerk'] }),
      )
      .when('2026-04-02T09:00+08:00', sign('clerk', 'supervisionOrder-1'))
      .then(paper('supervisionOrder-1', 'issued'), owed('rectify#2 unitHead 2026-09-30', 'reply:supervisionOrder-1 unitHead 2026-04-10'));
  });

  it.each<[HandPaper, string, string]>([
    ['reminderLetter', 'office', 'inspector'],
    ['supervisionOrder', 'office', 'inspector'],
    ['officeSupervisionOrder', 'inspector', 'office'],
    ['finalWarning', 'inspector', 'office'],
  ])('%s is sent by its own office', (kind, own, other) => {
    given(underWay()).when('2026-04-01T09:00+08:00', escalate(own, kind)).then(accepted);
    given(underWay()).when('2026-04-01T09:00+08:00', escalate(other, kind)).then(refused('paper.issuer'));
    given(underWay()).when('2026-04-01T09:00+08:00', escalate('leader', kind)).then(refused('role.notAllowed'));
  });

  it('one per addressee, kind and day, whoever drafted it', () => {
    given(underWay())
      .when('2026-04-01T09:00+08:00', escalate('office', 'supervisionOrder'))
      .when('2026-04-01T23:59+08:00', escalate('clerk', 'supervisionOrder'))
      .then(refused('paper.sameDay'))
      .when('2026-04-01T23:59+08:00', escalate('clerk', 'reminderLetter'))
      .then(accepted)
      .when('2026-04-02T00:00+08:00', escalate('clerk', 'supervisionOrder'))
      .then(accepted, paper('supervisionOrder-3', 'draft'));
    // the rung of the reminder letter fired early in the morning of that day
    given(lettered())
      .when('2026-10-13T09:00+08:00', escalate('office', 'reminderLetter'))
      .then(refused('paper.sameDay'))
      .when('2026-10-14T09:00+08:00', escalate('office', 'reminderLetter'))
      .then(accepted, paper('reminderLetter-2', 'draft'));
  });

  it('also when the one of that day was signed or held, not when it was declined', () => {
    const drafted = given(underWay()).when('2026-04-01T09:00+08:00', escalate('office', 'supervisionOrder'));
    const again = escalate('office', 'supervisionOrder');
    drafted
      .when('2026-04-01T10:00+08:00', sign('office', 'supervisionOrder-1'))
      .when('2026-04-01T11:00+08:00', again)
      .then(refused('paper.sameDay'));
    drafted
      .when('2026-04-01T10:00+08:00', hold('office', '2026-04-10', 'supervisionOrder-1'))
      .when('2026-04-01T11:00+08:00', again)
      .then(refused('paper.sameDay'))
      .when('2026-04-02T11:00+08:00', again)
      .then(accepted);
    drafted
      .when('2026-04-01T10:00+08:00', decline('office', 'supervisionOrder-1'))
      .when('2026-04-01T11:00+08:00', again)
      .then(accepted, paper('supervisionOrder-2', 'draft'));
  });

  it('only about an issue that some unit has and that is not closed', () => {
    const order = escalate('office', 'supervisionOrder');
    given(registered()).when('2026-03-03T09:00+08:00', order).then(refused('phase.notAllowed'));
    given(registered({ reported: 'completed' }))
      .when('2026-03-03T09:00+08:00', order)
      .then(refused('issue.notAssigned'));
    given(assigned()).when('2026-03-04T09:00+08:00', order).then(accepted);
    given(handedIn()).when('2026-06-03T09:00+08:00', order).then(accepted);
    given(closed()).when('2026-06-16T09:00+08:00', order).then(refused('phase.notAllowed'));
    given(relapsed()).when('2026-12-11T09:00+08:00', order).then(accepted);
  });

  const without = (ladder: Sourced<readonly Rung[]>, kind: HandPaper, instead?: Partial<PaperOrder>): Sourced<readonly Rung[]> => ({
    ...ladder,
    value: ladder.value.map(({ paper: order, ...rung }) => {
      if (!order) return rung;
      if (order.kind !== kind) return { ...rung, paper: order };
      return instead ? { ...rung, paper: { ...order, ...instead } } : rung;
    }),
  });

  it("follows the policy in force: the rectification's ladder, the relapse's, else our own default", () => {
    const { ladders, relapseLadder } = defaultPolicy;
    const kind = 'finalWarning';
    const drafts = (change: Parameters<typeof withPolicy>[0]) =>
      given(underWay({ context: withPolicy(change) })).when('2026-04-01T09:00+08:00', escalate('inspector', kind));
    const ofRectify = { ...ladders, rectify: without(ladders.rectify, kind, { addressee: 'leadLeader', replyWorkdays: 3 }) };
    const bare = { ...ladders, rectify: without(ladders.rectify, kind) };
    const sent = (life: Life) => life.state.papers.map(({ addressee, replyWorkdays }) => `${addressee} ${replyWorkdays}`);
    expect(sent(drafts({ ladders: ofRectify }))).toEqual(['leadLeader 3']);
    expect(sent(drafts({ ladders: bare, relapseLadder: without(relapseLadder, kind, { replyWorkdays: 2 }) }))).toEqual([
      'firstResponsible 2',
    ]);
    expect(sent(drafts({ ladders: bare, relapseLadder: without(relapseLadder, kind) }))).toEqual(['firstResponsible 10']);
    const after = relapsed(withPolicy({ relapseLadder: without(relapseLadder, kind, { replyWorkdays: 2 }) }));
    expect(sent(given(after).when('2026-12-11T09:00+08:00', escalate('inspector', kind)))).toEqual(['firstResponsible 2']);
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

  it('so does a held one', () => {
    closedWith(given(lettered()).when('2026-10-13T09:00+08:00', hold('office', '2026-11-06')))
      .then(paper('reminderLetter-1', 'lapsed'))
      .when('2026-10-20T09:00+08:00', sign('office'))
      .then(refused('paper.notDraft'));
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
