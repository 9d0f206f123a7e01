import type { DraftFinding } from '../draft';
import type { Check, CheckInput } from './context';
import { afterReport, beforeInspection, dateOrder, deadlineTooEarly, impossibleDates, unclearDeadlines } from './dates';
import { earlierNames, earlierRounds, earlierSums } from './earlier';
import { sharedEvidence } from './evidence';
import { handlingInIssues, handlingTotals } from './handling';
import { measureNumbers, measuresPromised, unimplementedMeasures } from './measures';
import { percentages } from './percentages';
import { allRectified, claimWithinFinding, completedButOpen, passedDeadline, statusConflict } from './states';
import { aspectNumbers, missingImplementation, mixedLabels, noFindings, numbering, sharedAccounts } from './structure';
import { sums } from './sums';
import { declaredTotals, declaredTwice, stateTotals } from './totals';
import { amountWithoutUnit, damagedText, unitSpellings } from './words';

const checks: readonly Check[] = [
  noFindings,
  declaredTotals,
  declaredTwice,
  stateTotals,
  handlingTotals,
  handlingInIssues,
  sums,
  percentages,
  dateOrder,
  impossibleDates,
  allRectified,
  completedButOpen,
  statusConflict,
  claimWithinFinding,
  earlierSums,
  earlierNames,
  earlierRounds,
  passedDeadline,
  deadlineTooEarly,
  unclearDeadlines,
  missingImplementation,
  unimplementedMeasures,
  measuresPromised,
  sharedAccounts,
  numbering,
  aspectNumbers,
  mixedLabels,
  measureNumbers,
  beforeInspection,
  afterReport,
  sharedEvidence,
  unitSpellings,
  amountWithoutUnit,
  damagedText,
];

const order: Readonly<Record<DraftFinding['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** Every contradiction that the cross-checks see: errors first, then by place. */
export const crossCheck = (input: CheckInput): DraftFinding[] =>
  checks.flatMap((check) => check(input)).sort((a, b) => order[a.severity] - order[b.severity] || (a.lines[0] ?? 0) - (b.lines[0] ?? 0));
