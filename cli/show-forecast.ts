import type { Directory } from '../domain/directory';
import { personOf } from '../domain/parties';
import { obligationLabels } from '../domain/policy/policy';
import { roles } from '../domain/roles';
import { dateOf, type LocalDate } from '../domain/time';
import type { Foretold } from '../ledger/foresee';
import { print, printTable } from './output';
import { idsOf, sameForMany } from './same-for-many';

const MOST_ROWS = 60;

const nameIn = (directory: Directory, id: string): string => personOf(directory, id)?.name ?? id;

/** One reminder that will go out, for scripts. */
export const foretoldJson = (
  { streamId, reference, at, dutyId, rung, label, tone, dueOn, recipients, paper }: Foretold,
  directory: Directory,
): object => ({
  stream: streamId,
  reference,
  at,
  obligation: dutyId,
  rung,
  label,
  tone,
  dueOn,
  paper: paper?.kind ?? null,
  recipients: recipients.map(({ personId, roles: own, vacant }) => ({ personId, name: nameIn(directory, personId), roles: own, vacant })),
});

/** The reminders that will go out; the same of several issues for the same people on one day is one row. */
export function showForecast(
  rungs: readonly Foretold[],
  directory: Directory,
  { until, usual }: { readonly until: LocalDate; readonly usual: number | null },
): void {
  const groups = sameForMany(rungs, ({ at, kind, label, dueOn, recipients }) => [
    dateOf(at),
    kind,
    label,
    dueOn,
    ...recipients.map(({ personId }) => personId),
  ]);
  printTable(
    [{ title: '日期', whole: true }, { title: '问题', whole: true }, { title: '事项' }, { title: '期限', whole: true }, { title: '通知' }],
    groups
      .slice(0, MOST_ROWS)
      .map(([rung, ids]) => [
        dateOf(rung.at),
        idsOf(ids),
        { text: `${obligationLabels[rung.kind]} ${rung.label}`, tone: rung.tone },
        rung.dueOn,
        rung.recipients
          .map(({ personId, roles: own }) => `${nameIn(directory, personId)}（${own.map((role) => roles[role]).join('、') || '代'}）`)
          .join(' '),
      ]),
  );
  const more = groups.length - MOST_ROWS;
  print(
    '',
    `到${until}，如无人办理将发出${rungs.length}次提醒${usual === null ? '' : `（按现行规则为${usual}次）`}${more > 0 ? `（还有${more}行，全部见 --json）` : ''}。`,
  );
}
