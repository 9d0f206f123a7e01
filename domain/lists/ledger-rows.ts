import { obligationOf } from '../obligation/obligations';
import { isFinished } from '../issue/decide-records';
import { publicStatusLabels, type PublicStatus } from '../issue/records';
import { closedPhases, type Coordination, type IssueState } from '../issue/types';
import { dateOf, daysBetween, type LocalDate } from '../time';
import type { RuleContext } from '../context';
import { findingsOf, standingOf, type Standing } from './counts';
import { implementationOf } from './implementation';
import { issueList, type IssueRow } from './issue-list';
import { inOrder, textOf, type ListContext } from './listing';
import { responsibleFor, type Responsible } from './responsibility-list';
import { handlingSums, moneySum, type HandlingSum, type MoneySum } from './sums';
import { measureRows, type MeasureRow } from './task-list';

/** A row of 整改台账: everything an issue's line on a sheet needs; a sheet repeats or merges the upper cells for its measures. */
export interface LedgerRow extends IssueRow, Responsible {
  /** Whether it counts as a finding as fed back, or is a part of one that was split. */
  readonly countsAs: 'finding' | 'part';
  /** Null for a part: the finding it belongs to stands in the totals. */
  readonly standing: Standing | null;
  readonly measures: readonly MeasureRow[];
  /** The day by which it is to be rectified under the rules in force, and the day of its first approved plan. */
  readonly dueOn: LocalDate | null;
  readonly provisional: boolean;
  readonly originalDueOn: LocalDate | null;
  readonly extensions: number;
  /** Days past the day it was due, of all its terms together: extending or closing late doesn't make them unseen. */
  readonly overdueDays: number;
  /** "Finished" and "struck off" are two facts and two columns. */
  readonly finished: boolean;
  readonly struckOff: boolean;
  readonly closeoutNumber: string | null;
  readonly closedOn: LocalDate | null;
  /** 长期坚持 after closeout. */
  readonly tail: boolean;
  readonly progress: { readonly text: string; readonly on: LocalDate } | null;
  readonly implementation: { readonly text: string; readonly drafted: boolean };
  readonly newRules: readonly { readonly name: string; readonly number: string | null; readonly madeOn: LocalDate }[];
  /** Counts by kind, those entered; never a name. */
  readonly handling: readonly HandlingSum[];
  readonly money: MoneySum;
  readonly publicStatus: { readonly status: PublicStatus; readonly label: string; readonly on: LocalDate } | null;
  readonly coordination: Coordination['state'] | null;
  readonly returns: number;
  readonly relapses: number;
  readonly sharedWith: readonly string[];
  readonly offSystem: boolean;
}

/** 整改台账 (forms.md, section 2): every issue of the ledger, the parts of a split one behind it. */
export function ledgerRows(issues: readonly IssueState[], context: ListContext): readonly LedgerRow[] {
  const findings = new Map(findingsOf(issues).map((one) => [one.finding.id, one]));
  const heads = new Map(issueList(issues, context).map((row) => [row.issueId, row]));
  return inOrder(issues).flatMap((state): readonly LedgerRow[] => {
    const head = heads.get(state.id);
    const finding = findings.get(state.id);
    if (!head) return [];
    return [
      {
        ...head,
        ...responsibleFor(state, context),
        countsAs: finding ? 'finding' : 'part',
        standing: finding ? standingOf(finding) : null,
        measures: measureRows(state, context),
        ...limitOf(state, context),
        finished: isFinished(state),
        struckOff: closedPhases.includes(state.phase),
        closeoutNumber: state.closeoutNumber,
        closedOn: state.closedOn,
        tail: state.tail,
        ...recordsOf(state, context),
        coordination: state.coordination?.state ?? null,
        returns: state.returns,
        relapses: state.relapses,
        sharedWith: state.sharedWith,
        offSystem: state.offSystem,
      },
    ];
  });
}

function limitOf(state: IssueState, context: ListContext) {
  const last = state.duties.findLast(({ kind }) => kind === 'rectify');
  const due = last ? obligationOf(last, context) : null;
  return {
    dueOn: due?.dueOn ?? null,
    provisional: due?.provisional ?? false,
    originalDueOn: state.originalDueOn,
    extensions: state.extensions,
    overdueDays: overdueDays(state, context),
  };
}

/** Days past the due days of all terms of rectification, as of a day; a stopped clock does not count on, and what was decided on paper ended on its day. */
export const overdueDays = (state: IssueState, context: RuleContext & { readonly on: LocalDate }): number =>
  state.duties
    .filter(({ kind }) => kind === 'rectify')
    .reduce((days, duty) => {
      const ended = duty.closedAt ?? duty.stoppedAt;
      const end = ended === null ? context.on : (duty.endedOn ?? dateOf(ended));
      return days + Math.max(0, daysBetween(obligationOf(duty, context).dueOn, end));
    }, 0);

function recordsOf(state: IssueState, context: ListContext) {
  const { progress, publicStatus, newRules } = state;
  return {
    progress: progress && { text: textOf(state, progress.text, context), on: dateOf(progress.at) },
    implementation: implementationOf(state, context.textOf),
    newRules: newRules.map(({ name, number, madeOn }) => ({ name: textOf(state, name, context), number, madeOn })),
    handling: handlingSums([state]).byKind.filter(({ recorded }) => recorded),
    money: moneySum(state.money),
    publicStatus: publicStatus && { ...publicStatus, label: publicStatusLabels[publicStatus.status] },
  };
}
