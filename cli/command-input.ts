import { z } from 'zod';
import { badInput } from '../domain/failure';
import { commandLabels, type CommandType } from '../domain/issue/commands';
import { roles, type Role } from '../domain/roles';
import { isLocalDate } from '../domain/time';

const text = z.string().trim().min(1).max(20_000);
const id = z.string().trim().min(1).max(100);
const date = z.string().refine(isLocalDate, '应为日期，如 2026-01-31');
const verdict = z.enum(['approved', 'returned']);
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);
const role = z.enum(Object.keys(roles) as [Role, ...Role[]]);

const measure = z.strictObject({ unitId: id, text, dueOn: date.nullable().default(null), sustained: flag.default(false) });

/** The shape of every command as it comes in, free text in the clear; the ledger seals it before storing. */
export const commandInput = {
  assign: z.strictObject({
    leadUnitId: id,
    leadLeaderId: id,
    leaderInChargeId: id.optional(),
    handlerId: id.optional(),
    coUnitIds: z.array(id).optional(),
  }),
  acknowledge: z.strictObject({}),
  proposePlan: z.strictObject({ measures: z.array(measure), rootCause: text.optional() }),
  approvePlan: z.strictObject({ opinion: text.optional() }),
  returnPlan: z.strictObject({ opinion: text }),
  reviewPlan: z.strictObject({ verdict, opinion: text.optional() }),
  reportProgress: z.strictObject({ progress: text }),
  completeMeasure: z.strictObject({ measureId: id, evidence: text }),
  requestExtension: z.strictObject({ newDueOn: date, reason: text, progress: text }),
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
