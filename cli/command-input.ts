import { z } from 'zod';
import { badInput } from '../domain/failure';
import { commandLabels } from '../domain/issue/command-words';
import type { CommandType } from '../domain/issue/commands';
import { handlingLabels, publicStatusLabels, type HandlingKind, type PublicStatus } from '../domain/issue/records';
import { paperLabels, type PaperKind } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';
import { isLocalDate } from '../domain/time';

const text = z.string().trim().min(1).max(20_000);
const id = z.string().trim().min(1).max(100);
const date = z.string().refine(isLocalDate, '应为日期，如 2026-01-31');
const verdict = z.enum(['approved', 'returned']);
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);
const role = z.enum(Object.keys(roles) as [Role, ...Role[]]);

const measure = z.strictObject({
  unitId: id,
  text,
  dueOn: date.nullable().default(null),
  sustained: flag.default(false),
  holderId: id.optional(),
  milestones: z.array(z.strictObject({ label: id, dueOn: date })).optional(),
  dueRaw: id.optional(),
});
/** A count or a sum in fen; scripts send words. */
const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const paperKind = z.enum(Object.keys(paperLabels) as [PaperKind, ...PaperKind[]]);
const parts = z.array(z.strictObject({ title: text, text })).min(2);
const assignment = {
  leadUnitId: id,
  leadLeaderId: id,
  leaderInChargeId: id.optional(),
  handlerId: id.optional(),
  coUnitIds: z.array(id).optional(),
};

/** The shape of every command as it comes in, free text in the clear; the ledger seals it before storing. */
export const commandInput = {
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
  signPaper: z.strictObject({ paperId: id }),
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
  escalate: z.strictObject({ kind: paperKind, reason: text }),
  holdPaper: z.strictObject({ paperId: id, reason: text, until: date }),
  declinePaper: z.strictObject({ paperId: id, reason: text }),
  reviewStage: z.strictObject({ verdict: z.enum(['kept', 'returned']), opinion: text }),
  confirmUpkeep: z.strictObject({ progress: text }),
  recordHandling: z.strictObject({
    kind: z.enum(Object.keys(handlingLabels) as [HandlingKind, ...HandlingKind[]]),
    persons: count,
    personTimes: count,
    rank: id.optional(),
    names: text.optional(),
    document: text.optional(),
  }),
  recordMoney: z.strictObject({
    owedFen: count,
    recoveredFen: count.default(0),
    refundedFen: count.default(0),
    treasuryFen: count.default(0),
    integrityAccountFen: count.default(0),
    adjustedFen: count.default(0),
    outstandingFen: count.default(0),
    voucher: text,
  }),
  recordRule: z.strictObject({ name: text, number: id.optional(), madeOn: date }),
  setPublicStatus: z.strictObject({
    status: z.enum(Object.keys(publicStatusLabels) as [PublicStatus, ...PublicStatus[]]),
    on: date,
    reason: text.optional(),
  }),
  editImplementation: z.strictObject({ text }),
} satisfies Record<CommandType, z.ZodType>;

export const isCommandType = (name: string): name is CommandType => Object.hasOwn(commandInput, name);

/** The fields of every command, and which of them may be left out. */
export const commandFields = (): Readonly<Record<CommandType, readonly { name: string; optional: boolean }[]>> =>
  Object.fromEntries(
    Object.entries(commandInput).map(([type, { shape }]) => [
      type,
      Object.entries<z.ZodType>(shape).map(([name, field]) => ({ name, optional: field.safeParse(undefined).success })),
    ]),
  ) as Record<CommandType, { name: string; optional: boolean }[]>;

/** Checks a command of a script; names the field and what is expected. */
export function readCommand(type: string, fields: Readonly<Record<string, unknown>>): { type: CommandType } & Record<string, unknown> {
  if (!isCommandType(type))
    throw badInput(
      'command.unknown',
      `没有命令“${type}”。`,
      `可用的命令：${Object.entries(commandLabels)
        .map(([name, label]) => `${name}(${label})`)
        .join('、')}。`,
    );
  const parsed = commandInput[type].safeParse(fields);
  if (parsed.success) return { type, ...parsed.data };
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.join('、') : field;
  throw badInput(
    'command.field',
    `${commandLabels[type]}的字段${keys || '（整体）'}不正确：${issue?.message ?? ''}。`,
    `可用的字段：${Object.keys(commandInput[type].shape).join('、') || '无'}。`,
  );
}

/** Reads `field=value` words; a value that starts with [ or { is JSON. */
export function readFields(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    words.map((word) => {
      const at = word.indexOf('=');
      if (at < 1) throw badInput('command.word', `“${word}”不是 字段=值。`, '例：opinion=同意。');
      return [word.slice(0, at), valueOf(word.slice(0, at), word.slice(at + 1))];
    }),
  );
}

function valueOf(field: string, raw: string): unknown {
  if (!/^[[{]/.test(raw)) return raw;
  try {
    return JSON.parse(raw);
  } catch {
    throw badInput('command.json', `字段${field}的值不是正确的 JSON。`, '请检查引号和括号。');
  }
}
