import { z } from 'zod';
import { commandLabels } from '../domain/issue/command-words';
import type { CommandType } from '../domain/issue/commands';
import { handlingLabels, publicStatusLabels } from '../domain/issue/records';
import { paperLabels } from '../domain/policy/policy';
import { count, date, flag, id, inputsOf, role, text, worded } from './input-shape';

export { readFields } from './input-shape';

const verdict = z.enum(['approved', 'returned']);

const measure = z.strictObject({
  unitId: id,
  text,
  dueOn: date.nullable().default(null),
  sustained: flag.default(false),
  holderId: id.optional(),
  milestones: z.array(z.strictObject({ label: id, dueOn: date })).optional(),
  dueRaw: id.optional(),
});
const { talkNotice: _, ...handPapers } = paperLabels;
const paperKind = worded(handPapers);
const parts = z.array(z.strictObject({ title: text, text })).min(2);
const assignment = {
  leadUnitId: id,
  leadLeaderId: id,
  leaderInChargeId: id.optional(),
  handlerId: id.optional(),
  coUnitIds: z.array(id).optional(),
};

const money = {
  owedFen: count,
  recoveredFen: count.default(0),
  refundedFen: count.default(0),
  treasuryFen: count.default(0),
  integrityAccountFen: count.default(0),
  adjustedFen: count.default(0),
  outstandingFen: count.default(0),
  voucher: text,
};

/** The shape of every command as it comes in, free text in the clear; the ledger seals it before storing. */
const commandInput = {
  assign: z.strictObject(assignment),
  acknowledge: z.strictObject({}),
  proposePlan: z.strictObject({ measures: z.array(measure), rootCause: text.optional(), widerCheck: text.optional() }),
  approvePlan: z.strictObject({ opinion: text.optional() }),
  returnPlan: z.strictObject({ opinion: text }),
  reviewPlan: z.strictObject({ verdict, opinion: text.optional() }),
  reportProgress: z.strictObject({ progress: text }),
  completeMeasure: z.strictObject({ measureId: id, evidence: text }),
  completeMilestone: z.strictObject({ measureId: id, milestoneId: id, evidence: text }),
  requestExtension: z.strictObject({ newDueOn: date, reason: text, progress: text, measureId: id.optional() }),
  decideExtension: z.strictObject({ granted: flag, opinion: text.optional() }),
  requestCloseout: z.strictObject({ summary: text.optional() }),
  planCheckBack: z.strictObject({ checkers: z.array(id), mode: z.enum(['onTheSpot', 'onPaper']).optional(), seed: id.optional() }),
  recordCheckBack: z.strictObject({ result: z.enum(['passed', 'returned', 'consolidated', 'relapsed']), seen: text }),
  review: z.strictObject({ verdict, opinion: text.optional(), party: role.optional() }),
  drawCheckBack: z.strictObject({ seed: id, checkers: z.array(id).default([]), chosen: flag.optional() }),
  acceptReported: z.strictObject({}),
  signPaper: z.strictObject({ paperId: id, letterId: id.optional() }),
  replyToPaper: z.strictObject({ paperId: id, reply: text }),
  comment: z.strictObject({ note: text }),
  amend: z.strictObject({ title: text.optional(), text: text.optional(), reason: text }),
  linkRecurrence: z.strictObject({ recursOf: z.array(id).min(1), reason: text }),
  shareRectification: z.strictObject({ sharedWith: z.array(id) }),
  recuse: z.strictObject({ personId: id, reason: text }),
  handOver: z.strictObject({ role: z.enum(['leadLeader', 'leaderInCharge', 'handler']), to: id, reason: text }),
  void: z.strictObject({ reason: text }),
  split: z.strictObject({ parts, reason: text }),
  merge: z.strictObject({ into: id, reason: text }),
  reassign: z.strictObject({ ...assignment, document: text, reason: text }),
  transferOut: z.strictObject({ receiver: text, document: text, reason: text }),
  confirmCorrection: z.strictObject({ granted: flag, opinion: text.optional() }),
  suspend: z.strictObject({ reason: text, document: text, reviewOn: date }),
  reviewSuspension: z.strictObject({ reviewOn: date, opinion: text }),
  resume: z.strictObject({ reason: text, newDueOn: date.optional() }),
  withdraw: z.strictObject({ reason: text, document: text }),
  reopen: z.strictObject({ reason: text, document: text }),
  requestCoordination: z.strictObject({ coordinator: role, asked: text, ownShare: text }),
  decideCoordination: z.strictObject({ accepted: flag, answerBy: date.optional(), opinion: text.optional() }),
  noteCoordination: z.strictObject({ progress: text }),
  answerCoordination: z.strictObject({ answer: text, newDueOn: date.optional() }),
  escalate: z.strictObject({ kind: paperKind, reason: text, urgent: flag.optional() }),
  decideTalk: z.strictObject({ hold: flag, reason: text, talkOn: date.optional(), place: text.optional() }),
  holdPaper: z.strictObject({ paperId: id, reason: text, until: date }),
  declinePaper: z.strictObject({ paperId: id, reason: text }),
  reviewStage: z.strictObject({ verdict: z.enum(['kept', 'returned']), opinion: text }),
  confirmUpkeep: z.strictObject({ progress: text }),
  recordHandling: z.strictObject({
    kind: worded(handlingLabels),
    persons: count,
    personTimes: count,
    rank: id.optional(),
    names: text.optional(),
    document: text.optional(),
  }),
  recordMoney: z.strictObject(money),
  correctMoney: z.strictObject({ itemId: id, ...money, reason: text }),
  recordRule: z.strictObject({ name: text, number: id.optional(), madeOn: date }),
  setPublicStatus: z.strictObject({
    status: worded(publicStatusLabels),
    on: date,
    reason: text.optional(),
  }),
  editImplementation: z.strictObject({ text }),
} satisfies Record<CommandType, z.ZodObject>;

const inputs = inputsOf<CommandType>(commandInput, commandLabels);

/** The fields of every command, and which of them may be left out. */
export const commandFields = inputs.fields;

/** Checks a command of a script; names the field and what is expected. */
export const readCommand = inputs.read;

/** Every command with its fields, for the help. */
export const commandTable = inputs.table;
