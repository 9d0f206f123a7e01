import type { DraftFinding } from '../draft';
import type { Check, CheckInput } from './context';
import { beforeInspection, dateOrder, impossibleDates, unclearDeadlines } from './dates';
import { earlierNames, earlierRounds, earlierSums } from './earlier';
import { allRectified, claimWithinFinding, completedButOpen, passedDeadline } from './states';
import { measureNumbers, missingImplementation, mixedLabels, noFindings, numbering, sharedAccounts } from './structure';
import { declaredTotals, handlingTotals, stateTotals } from './totals';
import { amountWithoutUnit, damagedText, unitSpellings } from './words';

const checks: readonly Check[] = [
  noFindings,
  declaredTotals,
  stateTotals,
  handlingTotals,
  dateOrder,
  impossibleDates,
  allRectified,
  completedButOpen,
  claimWithinFinding,
  earlierSums,
  earlierNames,
  earlierRounds,
  passedDeadline,
  unclearDeadlines,
  missingImplementation,
  sharedAccounts,
  numbering,
  mixedLabels,
  measureNumbers,
  beforeInspection,
  unitSpellings,
  amountWithoutUnit,
  damagedText,
];

const order: Readonly<Record<DraftFinding['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** Every contradiction that the cross-checks see: errors first, then by place. */
export const crossCheck = (input: CheckInput): DraftFinding[] =>
  checks.flatMap((check) => check(input)).sort((a, b) => order[a.severity] - order[b.severity] || (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
