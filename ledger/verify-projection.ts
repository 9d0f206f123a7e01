import type { IssueState } from '../domain/issue/types';
import { fromMillis } from '../domain/time';
import { localDay, type Database } from './database';
import { foldIssue } from './load';
import { stable, type EventRow, type Problem } from './verify-chain';

/** The tables that lists read say of each issue what its events say. Due days rest on the rules in force and are not compared. */
export async function checkProjections(database: Database, streams: ReadonlyMap<string, readonly EventRow[]>): Promise<Problem[]> {
  const ids = [...streams.keys()];
  const where = { issueId: { in: ids } };
  const issues = new Map((await database.issue.findMany({ where: { id: { in: ids } } })).map((issue) => [issue.id, issue]));
  const duties = byIssue(await database.obligation.findMany({ where }));
  const rungs = byIssue(await database.rung.findMany({ where }));
  const papers = byIssue(await database.paper.findMany({ where }));
  const titles = await wrongTitles(database, ids);
  return [...streams].flatMap(([id, rows]): Problem[] => {
    const problem = (what: string): Problem[] => [{ stream: id, version: null, code: 'projection', what }];
    let folded: IssueState;
    try {
      folded = foldIssue(id, rows);
    } catch {
      return problem('事件无法推算（可能由更新版本的程序写入）');
    }
    const issue = issues.get(id);
    if (issue?.phase !== folded.phase || stable(issue.state) !== stable(folded)) return problem('台账与事件推算的结果不符');
    if (titles.has(id)) return problem('问题标题与登记时不符');
    if (!agree(dutiesOf(folded), (duties.get(id) ?? []).map(dutyRow))) return problem('应办事项与事件推算的结果不符');
    if (
      !agree(
        rungsOf(folded),
        (rungs.get(id) ?? []).map((rung) => [rung.obligationId, `${rung.rung}@${rung.occurrence}`, rung.how]),
      )
    )
      return problem('提醒督办记录与事件推算的结果不符');
    if (!agree(papersOf(folded), (papers.get(id) ?? []).map(paperRow))) return problem('文书与事件推算的结果不符');
    return [];
  });
}

type Row = readonly (string | boolean | null)[];

/** The same rows, in whatever order. */
const agree = (a: readonly Row[], b: readonly Row[]): boolean => sorted(a) === sorted(b);
const sorted = (rows: readonly Row[]): string =>
  rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n');

const dutiesOf = ({ duties }: IssueState): Row[] =>
  duties.map((duty) => [duty.id, duty.kind, duty.holder, duty.openedAt, duty.stoppedAt !== null, duty.closedAt, duty.closedBy]);

interface DutyRow {
  readonly id: string;
  readonly kind: string;
  readonly holder: string;
  readonly openedAt: Date;
  readonly stopped: boolean;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
}

const dutyRow = (duty: DutyRow): Row => [
  duty.id,
  duty.kind,
  duty.holder,
  fromMillis(duty.openedAt.getTime()),
  duty.stopped,
  duty.closedAt && fromMillis(duty.closedAt.getTime()),
  duty.closedBy,
];

const rungsOf = ({ duties }: IssueState): Row[] =>
  duties.flatMap((duty) => Object.entries(duty.fired).map(([rung, how]) => [duty.id, rung, how]));

const papersOf = ({ papers }: IssueState): Row[] =>
  papers.map((paper) => [paper.id, paper.kind, paper.state, paper.issuer, paper.addressee, paper.number, paper.signedOn]);

interface PaperRow {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly issuer: string;
  readonly addressee: string;
  readonly number: string | null;
  readonly signedOn: Date | null;
}

const paperRow = ({ id, kind, state, issuer, addressee, number, signedOn }: PaperRow): Row => [
  id,
  kind,
  state,
  issuer,
  addressee,
  number,
  signedOn && localDay(signedOn),
];

function byIssue<T extends { readonly issueId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.issueId);
    if (group) group.push(row);
    else groups.set(row.issueId, [row]);
  }
  return groups;
}

/** Issues whose title in the list is not the one that was registered; an erased title cannot be compared. */
async function wrongTitles(database: Database, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT i.id FROM issue i JOIN event e ON e.stream_id = i.id AND e.version = 1 JOIN content c ON c.id = e.payload->'title'->>'content'
    WHERE i.id = ANY(${ids}::text[]) AND c.bytes IS NOT NULL AND convert_to(i.title, 'UTF8') <> c.bytes`;
  return new Set(rows.map(({ id }) => id));
}
