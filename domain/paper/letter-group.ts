import type { RuleContext } from '../context';
import type { IssueState } from '../issue/types';
import type { Paper } from '../obligation/types';
import { holders } from '../parties';
import type { LocalDate } from '../time';
import { officeName } from './office-name';

/**
 * Which letter a paper belongs to when several are signed together: papers with the same key are one letter with a list (design.md,
 * section 3: one paper per addressee, kind and day). The addressee is the persons who hold the role on that day, not the role: the lead
 * leaders of two issues can be two people. Where nobody holds it, only issues of one lead unit go together. Papers to be answered by
 * different days stay apart, since a letter names one day and the ledger chases each issue by its own.
 */
export function letterGroup(state: IssueState, paper: Paper, { directory }: Pick<RuleContext, 'directory'>, on: LocalDate): string {
  const { kind, issuer, addressee, replyOn, replyWorkdays } = paper;
  const persons = holders(directory, state, addressee, on).sort();
  const nobody = [state.organisationId, state.assignment?.leadUnitId ?? null];
  return JSON.stringify([
    kind,
    issuer,
    officeName(issuer, state, directory, on),
    addressee,
    persons.length > 0 ? persons : nobody,
    replyOn ?? replyWorkdays,
  ]);
}
