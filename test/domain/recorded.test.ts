import type { Decision } from '../../domain/decision';
import { decide } from '../../domain/issue/decide';
import type { IssueCommand } from '../../domain/issue/commands';
import { evolve } from '../../domain/issue/evolve';
import { type bodies, decideDirect, decideRecording, type Recorded } from '../../domain/recorded';
import { obligations } from '../../domain/obligation/obligations';
import type { RuleContext } from '../../domain/context';
import type { Directory } from '../../domain/directory';
import { bodyActor } from '../../domain/parties';
import { dateOf, instant } from '../../domain/time';
import { approvePlan, assigned, day, directory, post, proposed, rules, text, underWay, withDirectory, type Life } from './support';

const paper = (personId: string, paperOn = '2026-03-11'): Recorded => ({
  decider: { personId },
  paperOn: day(paperOn),
  document: text('卫党组会〔2026〕3号'),
});
const meeting = (body: (typeof bodies)[number], paperOn = '2026-03-11'): Recorded => ({
  decider: { body },
  paperOn: day(paperOn),
  document: text('会议纪要'),
});

/** As the ledger does it: the recording is judged, then the command by the decider. */
function record(life: Life, by: string, recorded: Recorded, command: IssueCommand, time = '2026-03-13T09:00+08:00') {
  const now = instant(time);
  const recording = decideRecording(life.state, recorded, { ...life.context, now, actor: by });
  if ('ok' in recording) return { code: recording.rejection.code, events: [], state: life.state };
  const { actor, directory: then, effectiveOn, event } = recording;
  const decision: Decision<unknown> = decide(life.state, command, { ...life.context, directory: then, now, actor });
  if (!decision.ok) return { code: decision.rejection.code, events: [], state: life.state };
  const events = [event, ...(decision.events as readonly Parameters<typeof evolve>[1][])];
  const state = events.reduce((one, told) => evolve(one, told, { actor, occurredAt: now, effectiveOn }), life.state);
  return { code: null, events, state };
}
const codeOf = (...told: Parameters<typeof record>): string | null => record(...told).code;

describe('who records', () => {
  it.each(['liaison', 'office', 'clerk'])('%s may', (person) => {
    expect(codeOf(proposed(), person, paper('leader'), approvePlan)).toBeNull();
  });

  it.each(['head', 'handler', 'leader', 'inspector', 'discipline', 'depotHead', 'nobody'])('%s may not', (person) => {
    expect(codeOf(proposed(), person, paper('leader'), approvePlan)).toBe('record.role');
  });

  it('the liaison of a co-unit may, of another unit not', () => {
    const context = withDirectory({ posts: [...directory.posts, post('cadres', 'depot', 'liaison')] });
    const life = proposed({ context });
    const assignment = life.state.assignment;
    expect(codeOf(life, 'cadres', paper('leader'), approvePlan)).toBe('record.role');
    const shared = { ...life.state, assignment: assignment && { ...assignment, coUnitIds: ['depot'] } };
    expect('ok' in decideRecording(shared, paper('leader'), { ...context, now: instant('2026-03-13T09:00+08:00'), actor: 'cadres' })).toBe(
      false,
    );
  });

  it('a body neither records nor sends anything itself', () => {
    expect(codeOf(proposed(), bodyActor('rectificationOffice'), paper('leader'), approvePlan)).toBe('record.role');
    expect(decideDirect(bodyActor('leadingGroup'))?.rejection.code).toBe('record.needed');
    expect(decideDirect('leader')).toBeNull();
  });
});

describe('what is recorded', () => {
  it('says who decided, who recorded it, on which day, in which document', () => {
    expect(record(proposed(), 'liaison', paper('leader'), approvePlan).events).toMatchObject([
      {
        type: 'decisionRecorded',
        by: 'liaison',
        decider: 'leader',
        paperOn: '2026-03-11',
        document: text('卫党组会〔2026〕3号'),
        original: null,
        late: false,
      },
      { type: 'planApproved', role: 'leadLeader' },
    ]);
  });

  it('the gates apply to the decider', () => {
    expect(codeOf(proposed(), 'office', paper('head'), approvePlan)).toBe('role.notAllowed');
    expect(codeOf(proposed(), 'office', paper('secretary'), approvePlan)).toBe('role.notAllowed');
    expect(codeOf(assigned(), 'office', paper('leader', '2026-03-04'), approvePlan)).toBe('phase.notAllowed');
  });

  it('who proposed does not approve, on paper either', () => {
    const both = withDirectory({ posts: [...directory.posts, post('handler', 'bureau', 'rectificationOffice')] });
    const life = proposed({ context: both }).when('2026-03-11T09:00+08:00', { actor: 'leader', command: approvePlan });
    expect(codeOf(life, 'office', paper('handler', '2026-03-12'), approvePlan)).toBe('approver.isRequester');
  });

  it('the posts of the day of the paper decide: who has left since could, who came later could not', () => {
    const moved = (change: Partial<Directory>): RuleContext => withDirectory(change);
    const signs: IssueCommand = { type: 'acknowledge' };
    const left = moved({ posts: directory.posts.map((one) => (one.personId === 'head' ? { ...one, to: day('2026-03-10') } : one)) });
    expect(codeOf(assigned().under(left), 'office', paper('head', '2026-03-10'), signs)).toBeNull();
    expect(codeOf(assigned().under(left), 'office', paper('head', '2026-03-11'), signs)).toBe('role.notAllowed');
    const came = moved({ posts: directory.posts.map((one) => (one.personId === 'head' ? { ...one, from: day('2026-03-11') } : one)) });
    expect(codeOf(assigned().under(came), 'office', paper('head', '2026-03-10'), signs)).toBe('role.notAllowed');
    expect(codeOf(assigned().under(came), 'office', paper('head', '2026-03-11'), signs)).toBeNull();
  });

  it('bodies decide; what is no body does not', () => {
    const led = proposed().when('2026-03-11T09:00+08:00', { actor: 'leader', command: approvePlan });
    expect(record(led, 'office', meeting('leadingGroup'), approvePlan).events).toMatchObject([
      { decider: 'body:leadingGroup' },
      { type: 'planApproved', role: 'leadingGroup' },
    ]);
    expect(codeOf(led, 'office', { ...meeting('leadingGroup'), decider: { body: 'rectificationOffice' } }, approvePlan)).toBe(
      'record.body',
    );
    expect(codeOf(led, 'office', meeting('disciplineGroup'), approvePlan)).toBe('role.notAllowed');
    expect(codeOf(led, 'office', paper('stranger'), approvePlan)).toBe('person.unknown');
  });
});

describe('the day of the paper', () => {
  it('counts for terms; rungs that fired stay', () => {
    // assigned on 3 March: the receipt is due on 6 March, overdue from the 7th, pressed for on the 11th
    const life = assigned().passesTo('2026-03-13T08:00+08:00');
    const fired = life.state.duties.find(({ kind }) => kind === 'receipt')?.fired;
    expect(Object.values(fired ?? {}).filter((how) => how === 'fired').length).toBeGreaterThan(1);
    const { state } = record(life, 'liaison', paper('head', '2026-03-05'), { type: 'acknowledge' });
    expect(state.phase).toBe('acknowledged');
    expect(state.duties.find(({ kind }) => kind === 'receipt')).toMatchObject({ fired, closedAt: instant('2026-03-13T09:00+08:00') });

    const led = proposed().when('2026-03-11T09:00+08:00', { actor: 'leader', command: approvePlan });
    const approved = record(led, 'office', paper('clerk', '2026-03-12'), approvePlan, '2026-03-18T09:00+08:00').state;
    const review = obligations(approved, rules).find(({ duty }) => duty.kind === 'planReview');
    expect(review?.dueOn).toBe('2026-03-26'); // ten workdays after the 12th, not after the 18th
  });

  it.each([
    ['in time', '2026-03-06', false],
    ['the fifth workday', '2026-03-13', false],
    ['a day later', '2026-03-16', true],
  ])('%s: recorded %s', (_name, on, late) => {
    expect(
      record(assigned(), 'liaison', paper('head', '2026-03-06'), { type: 'acknowledge' }, `${on}T23:00+08:00`).events[0],
    ).toMatchObject({ late });
  });

  it('is neither in the future nor from another round', () => {
    expect(codeOf(assigned(), 'liaison', paper('head', '2026-03-14'), { type: 'acknowledge' })).toBe('record.future');
    expect(codeOf(assigned(), 'liaison', paper('head', '2026-03-13'), { type: 'acknowledge' })).toBeNull();
    expect(codeOf(assigned(), 'liaison', paper('head', '2024-03-12'), { type: 'acknowledge' })).toBe('record.old');
    expect(codeOf(assigned(), 'liaison', paper('head', '2024-03-13'), { type: 'acknowledge' })).toBeNull();
  });

  it('never makes a new duty overdue at birth', () => {
    const { state } = record(assigned(), 'liaison', paper('head', '2025-12-01'), { type: 'acknowledge' }, '2026-03-20T09:00+08:00');
    for (const { dueOn } of obligations(state, rules)) expect(dueOn >= dateOf(state.lastOccurredAt)).toBe(true);
  });
});

it('any command can be recorded: a refusal is the same one as in person', () => {
  expect(codeOf(underWay(), 'office', paper('head'), { type: 'requestCloseout' })).toBe('measure.open');
});
