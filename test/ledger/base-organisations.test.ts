import type { Post } from '../../domain/directory';
import { addMillis, localDate, type Instant } from '../../domain/time';
import { importDirectory } from '../../ledger/directory';
import { foresee } from '../../ledger/foresee';
import { registerRound } from '../../ledger/register';
import { advance } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { openTestLedger, people, START, type TestLedger } from '../support/fixture';
import { act, at } from './support';

// Two organisations below one inspection office, each with a round of its own.

const posts: readonly (readonly [person: string, unit: string, role: Post['role']])[] = [
  ['boardSecretary', 'board', 'firstResponsible'],
  ['boardOffice', 'board', 'rectificationOffice'],
  ['boardLeader', 'board', 'leadLeader'],
  ['principal', 'school', 'unitHead'],
];
const both = {
  units: [
    ...people.units,
    { id: 'board', name: '临江区教体局', kind: 'organisation' as const, parentId: 'inspection' },
    { id: 'school', name: '南湖学校', kind: 'unit' as const, parentId: 'board' },
  ],
  persons: [...people.persons, ...[...posts.map(([id]) => id), 'newHead'].map((id) => ({ id, name: id, email: `${id}@linjiang.example` }))],
  posts: [
    ...people.posts,
    ...posts.map(([personId, unitId, role]): Post => ({ personId, unitId, role, title: role, from: null, to: null })),
  ],
};

let ledger: TestLedger;
let now: Instant;
beforeEach(async () => {
  ledger = await openTestLedger(both);
  now = START;
});
afterEach(async () => {
  const { problems } = await verifyLedger(ledger.database);
  await ledger.close();
  expect(problems).toEqual([]);
});

/** A round of one issue that its office assigns. */
async function assigned(organisationId: string | null, by: string, to: { leadUnitId: string; leadLeaderId: string }): Promise<string> {
  const issues = [{ number: 1, title: '问题', text: '正文', reported: null }];
  const head = { name: '巡察整改', inspectedBody: null, inspectingBody: null, feedbackOn: localDate('2026-03-02'), source: null };
  const { issueIds } = await registerRound(ledger.database, { ...head, organisationId, issues }, { actor: by, via: 'test', now });
  const { outcome } = await act(ledger, issueIds[0] ?? '', by, { type: 'assign', ...to }, (now = addMillis(now, 3_600_000)));
  expect(outcome.accepted).toBe(true);
  return issueIds[0] ?? '';
}
const clinic = (organisationId: string | null = 'bureau') =>
  assigned(organisationId, 'office', { leadUnitId: 'clinic', leadLeaderId: 'leader' });
const school = (organisationId: string | null = 'board') =>
  assigned(organisationId, 'boardOffice', { leadUnitId: 'school', leadLeaderId: 'boardLeader' });

const replaced = async (change: (posts: Post[]) => Post[], time: Instant): Promise<void> => {
  await importDirectory(ledger.database, { ...both, posts: change(both.posts) }, { actor: 'admin', via: 'test', now: time });
  await advance(ledger.database, 'base', time);
};
const without =
  (...persons: readonly string[]) =>
  (all: Post[]): Post[] =>
    all.filter(({ personId }) => !persons.includes(personId));
const heard = async (): Promise<string[]> => {
  const rows = await ledger.database.notice.findMany({
    where: { streamId: 'base' },
    orderBy: [{ obligationId: 'asc' }, { rung: 'asc' }, { personId: 'asc' }],
  });
  return rows.map(({ obligationId, rung, personId }) => `${obligationId} ${rung} ${personId}`);
};

test.each([
  ['rounds that name their organisation', clinic, school],
  ['rounds that do not', () => clinic(null), () => school(null)],
])('each organisation hears of its own vacancies only: %s', async (_, one, other) => {
  await one();
  await other();
  await advance(ledger.database, 'base', now);
  await replaced(without('head', 'boardLeader'), at('2026-03-04T10:00'));
  expect(await heard()).toEqual([
    'vacancy:leadLeader:boardLeader#1 opened boardOffice',
    'vacancy:unitHead:clinic#1 opened clerk',
    'vacancy:unitHead:clinic#1 opened office',
  ]);
});

test('the letter of a new head is its own office’s to sign; who is named in the event is kept', async () => {
  await clinic();
  await school();
  await advance(ledger.database, 'base', now);
  const came = at('2026-03-04T10:00');
  await replaced((all) => [...without('principal')(all), { ...(all.at(-1) as Post), personId: 'newHead' }], came);
  const opened = await ledger.database.event.findFirstOrThrow({ where: { streamId: 'base', type: 'handoverOpened' } });
  expect(opened.payload).toMatchObject({ from: 'principal', to: 'newHead', organisationId: 'board' });
  expect(await heard()).toEqual(['handover:unitHead:school#1 opened newHead', 'signPaper:reminderLetter-1 opened boardOffice']);
  const sign = { type: 'signPaper', paperId: 'reminderLetter-1' };
  expect(await act(ledger, 'base', 'office', sign, addMillis(came, 60_000))).toMatchObject({
    outcome: { rejection: { code: 'role.notAllowed' } },
  });
  expect(await act(ledger, 'base', 'boardOffice', sign, addMillis(came, 120_000))).toMatchObject({ outcome: { accepted: true } });
});

test('what is forecast of the base data is what fires, and ends at the head of each', async () => {
  await clinic();
  await school();
  await advance(ledger.database, 'base', now);
  await replaced(without('head', 'principal'), at('2026-03-04T10:00'));
  const until = at('2026-04-30T23:00');
  const { rungs } = await foresee(ledger.database, { streamId: 'base' }, until);
  const already = (await heard()).length;
  for (;;) {
    const { nextWakeAt } = await ledger.database.stream.findUniqueOrThrow({ where: { id: 'base' } });
    if (nextWakeAt === null || nextWakeAt > new Date(until)) break;
    await advance(ledger.database, 'base', nextWakeAt.toISOString() as Instant);
  }
  const told = rungs?.flatMap(({ dutyId, rung, recipients }) => recipients.map(({ personId }) => `${dutyId} ${rung} ${personId}`)) ?? [];
  const lines = await heard();
  expect([...told].sort()).toEqual(lines.filter((line) => !line.includes(' opened ')).sort());
  expect(lines.length).toBeGreaterThan(already);
  expect(new Set(lines.filter((line) => line.includes('school')).map((line) => line.split(' ').at(-1)))).toEqual(
    new Set(['boardOffice', 'boardSecretary']),
  );
  expect(new Set(lines.filter((line) => line.includes('clinic')).map((line) => line.split(' ').at(-1)))).toEqual(
    new Set(['clerk', 'office', 'secretary']),
  );
});
