import type { IssueCommand } from '../../domain/issue/commands';
import { accepted, by, day, given, happened, notice, paper, refused, text, underWay, type Life } from './support';

/** The rectification was due on 30 September; the last rung has asked. */
const asked = (): Life => underWay().passesTo('2026-12-10T08:00+08:00');
const at = '2026-12-10T09:00+08:00';
type DecideTalk = Extract<IssueCommand, { type: 'decideTalk' }>;
const held: DecideTalk = { type: 'decideTalk', hold: true, reason: text('reason'), talkOn: day('2026-12-16'), place: text('place') };
const notHeld: DecideTalk = { type: 'decideTalk', hold: false, reason: text('reason') };
const decisions = ({ state }: Life): string[] =>
  state.duties.filter(({ kind }) => kind === 'talkDecision').map(({ id, closedBy }) => `${id} ${closedBy ?? 'open'}`);
const owes =
  (...lines: string[]) =>
  (life: Life): void => {
    expect(decisions(life)).toEqual(lines);
  };

describe('a talk', () => {
  it('is asked for by the last rung, and the inspection office owes a decision within twenty workdays', () => {
    const before = underWay().passesTo('2026-12-01T00:00+08:00');
    expect(decisions(before)).toEqual([]);
    given(before)
      .passesTo('2026-12-10T08:00+08:00')
      .then(notice({ rung: 'after-45', to: ['inspector', 'inspector2'] }), owes('talkDecision#1 open'));
    const { state } = asked();
    expect(state.duties.find(({ id }) => id === 'talkDecision#1')).toMatchObject({ holder: 'inspectionOffice', announced: false });
    expect(state.papers.map(({ kind }) => kind)).not.toContain('talkNotice');
  });

  it('undecided, is heard of by the inspection leading group, and is not asked for twice at a time', () => {
    given(asked())
      .passesTo('2027-01-25T00:00+08:00')
      .then(
        owes('talkDecision#1 open'),
        notice({ duty: 'talkDecision#1', rung: 'overdue', to: ['inspector', 'inspector2'] }),
        notice({ duty: 'talkDecision#1', rung: 'after-10', to: ['inspector', 'inspector2'] }),
      );
  });

  it('held, is told by a notice that waits for its signature and is answered by the day of the talk', () => {
    given(asked())
      .when(at, by('inspector', held))
      .then(accepted, owes('talkDecision#1 talkDecided'), paper('talkNotice-5', 'draft'))
      .when('2026-12-11T09:00+08:00', by('inspector', { type: 'signPaper', paperId: 'talkNotice-5' }))
      .then(paper('talkNotice-5', 'issued'))
      .then(({ state }) => {
        expect(state.duties.find(({ id }) => id === 'reply:talkNotice-5')).toMatchObject({
          holder: 'firstResponsible',
          due: { named: '2026-12-16' },
        });
      })
      .when('2026-12-16T16:00+08:00', by('secretary', { type: 'replyToPaper', paperId: 'talkNotice-5', reply: text('reply') }))
      .then(paper('talkNotice-5', 'replied'));
  });

  it('whose notice is signed after its day is answered like any other paper', () => {
    given(asked())
      .when(at, by('inspector', held))
      .when('2026-12-18T09:00+08:00', by('inspector', { type: 'signPaper', paperId: 'talkNotice-5' }))
      .then(({ state }) => {
        expect(state.duties.find(({ id }) => id === 'reply:talkNotice-5')?.due).toEqual({ workdays: 5, from: '2026-12-18' });
      });
  });

  it('not held, is asked for again while the issue stays overdue', () => {
    given(asked())
      .when(at, by('inspector', notHeld))
      .then(accepted, happened('talkDecided', { hold: false, paper: null }), owes('talkDecision#1 talkDecided'))
      .passesTo('2027-01-04T00:00+08:00')
      .then(owes('talkDecision#1 talkDecided'))
      .passesTo('2027-01-08T23:00+08:00')
      .then(owes('talkDecision#1 talkDecided', 'talkDecision#2 open'));
  });

  it('needs a time to come and a place, and neither when it is not held', () => {
    const { talkOn: _, ...noDay } = held;
    const { place: __, ...noPlace } = held;
    for (const command of [noDay, noPlace])
      given(asked()).when(at, by('inspector', command)).then(refused('talk.whenAndWhere'), owes('talkDecision#1 open'));
    given(asked())
      .when(at, by('inspector', { ...held, talkOn: day('2026-12-09') }))
      .then(refused('date.past'))
      .when(at, by('inspector', { ...notHeld, talkOn: day('2026-12-16') }))
      .then(refused('talk.notHeld'))
      .when(at, by('inspector', { ...notHeld, place: text('place') }))
      .then(refused('talk.notHeld'));
  });

  it('is decided only when it was asked for, and by the inspection office', () => {
    given(underWay()).when('2026-10-01T09:00+08:00', by('inspector', held)).then(refused('talk.notAsked'));
    given(asked()).when(at, by('office', held)).then(refused('role.notAllowed'));
    given(asked()).when(at, by('inspector', notHeld)).when(at, by('inspector', notHeld)).then(refused('talk.notAsked'));
  });

  it('is moot when the unit hands in at last, and when its clock rests', () => {
    const suspended = by('inspector', { type: 'suspend', reason: text('reason'), document: text('document'), reviewOn: day('2027-01-29') });
    given(asked()).when(at, suspended).then(accepted, owes('talkDecision#1 suspended'));
    given(asked())
      .when(at, by('handler', { type: 'completeMeasure', measureId: 'm1', evidence: text('evidence') }))
      .when(at, by('head', { type: 'requestCloseout' }))
      .then(accepted, owes('talkDecision#1 closeoutRequested'));
  });
});

describe('accountability', () => {
  const proposal: IssueCommand = { type: 'escalate', kind: 'accountabilityProposal', reason: text('reason') };

  it('is proposed by a person of the inspection office, to the body that decides', () => {
    given(asked())
      .when(at, by('inspector', proposal))
      .then(accepted, paper('accountabilityProposal-5', 'draft'), ({ state }) => {
        expect(state.papers.at(-1)).toMatchObject({
          addressee: 'inspectionLeadingGroup',
          copyTo: ['disciplineGroup'],
          issuer: 'inspectionOffice',
        });
      });
    given(asked()).when(at, by('office', proposal)).then(refused('paper.issuer'));
  });

  it('never follows from a date', () => {
    const { state } = underWay().passesTo('2028-06-30T00:00+08:00');
    expect(state.papers.map(({ kind }) => kind)).not.toContain('accountabilityProposal');
    expect(state.papers.map(({ kind }) => kind)).not.toContain('talkNotice');
  });
});
