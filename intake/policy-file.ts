import { z } from 'zod';
import { badInput } from '../domain/failure';
import { checkPolicy } from '../domain/policy/check';
import {
  checkBackAfterLabels,
  duringLabels,
  everyLabels,
  reviewOrderLabels,
  strengthLabels,
  termLabels,
  toneLabels,
} from '../domain/policy/explain';
import { ladderPapers, obligationLabels, roundSourceLabels, type Policy } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';

/** The shape of the file, stated in it; another shape gets another name. */
export const POLICY_FILE_SCHEMA = 'zhenggai.policy/1';

const oneOf = <K extends string>(labels: Readonly<Record<K, string>>) => z.enum(Object.keys(labels) as [K, ...K[]]);
const sourced = <T extends z.ZodType>(value: T) => z.strictObject({ value, strength: oneOf(strengthLabels), source: z.string() });

const days = z.strictObject({ days: z.int() });
const workdays = z.strictObject({ workdays: z.int() });
const months = z.strictObject({ months: z.int() });
const term = z.union([days, workdays, months], { error: '应为{"days":日数}、{"workdays":工作日数}或{"months":月数}之一' });
const offset = z.union([z.literal('opened'), days, workdays], { error: '应为"opened"、{"days":日数}或{"workdays":工作日数}之一' });

const role = oneOf(roles);
const paper = z.strictObject({
  kind: z.enum(ladderPapers),
  issuer: role,
  addressee: role,
  copyTo: z.array(role),
  replyWorkdays: z.int(),
});
const rung = z.strictObject({
  id: z.string(),
  label: z.string(),
  offset,
  audience: z.array(z.enum(['holder', ...(Object.keys(roles) as Role[])])),
  tone: oneOf(toneLabels),
  paper: paper.exactOptional(),
  repeatEveryWorkdays: z.int().exactOptional(),
  opens: z.literal('talkDecision').exactOptional(),
});
const ladder = sourced(z.array(rung));
const whole = sourced(z.int());

const policyFile = z.strictObject({
  schema: z.literal(POLICY_FILE_SCHEMA),
  id: z.string(),
  version: z.int(),
  title: z.string(),
  source: oneOf(roundSourceLabels),
  terms: z.record(oneOf(termLabels), sourced(term)),
  ladders: z.record(oneOf(obligationLabels), ladder),
  relapseLadder: ladder,
  shortSpanDays: whole,
  reviewParties: sourced(z.array(role)),
  reviewOrder: sourced(oneOf(reviewOrderLabels)),
  maxExtensions: whole,
  maxExtensionDays: whole,
  checkBackBefore: sourced(z.boolean()),
  checkBackAfter: sourced(oneOf(checkBackAfterLabels)),
  onTheSpotPercent: whole,
  drawPercent: whole,
  minimumCheckers: whole,
  lateRecordWorkdays: whole,
  cadences: sourced(z.array(z.strictObject({ id: z.string(), label: z.string(), every: oneOf(everyLabels), during: oneOf(duringLabels) }))),
  assessmentScale: sourced(
    z.strictObject({ fullMarks: z.int(), grades: z.array(z.strictObject({ grade: z.string(), from: z.number() })) }),
  ),
});

/**
 * The policy of a file (JSON, UTF-8, with or without BOM; docs/policy.md). Throws a ZhenggaiError, bad input: `policy.file` when it is
 * not such a file, naming the places whose shape is wrong; `policy.check` when its rules don't hold together (checkPolicy), naming
 * place, code and what to do for each. At most 20 are listed. A later field that an older file lacks is missing, not guessed.
 */
export function readPolicyFile(text: string): Policy {
  const parsed = policyFile.safeParse(parseJson(text.replace(/^\uFEFF/, '')), { error: inWords });
  if (!parsed.success) {
    const places = parsed.error.issues.map(({ path, message }) => `${placeOf(path)}：${message}`);
    throw badInput('policy.file', listed('策略文件的格式不对', places), '请对照docs/policy.md和现行策略文件改正，再重新读入整个文件。');
  }
  const { schema: _, ...policy } = parsed.data;
  const failures = checkPolicy(policy);
  if (failures.length === 0) return policy;
  const places = failures.map(({ path, code, what, todo }) => `${path}：${what}${todo}［${code}］`);
  throw badInput('policy.check', listed('策略不能生效', places), '请逐处改正，再重新读入整个文件。');
}

/** The policy as a file to read and edit: short values on a line of their own, so that a rung is a line. readPolicyFile gives it back. */
export function writePolicyFile(policy: Policy): string {
  const { id, version, title, source, ...rules } = policy;
  return `${layOut({ schema: POLICY_FILE_SCHEMA, id, version, title, source, ...rules }, '')}\n`;
}

const kindsOfValue: Readonly<Record<string, string>> = {
  string: '文字',
  int: '整数',
  number: '数字',
  boolean: 'true或false',
  array: '列表',
  object: '对象',
  record: '对象',
};

/** What zod found, in words; undefined leaves it to zod's own. */
function inWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return '缺少这一项';
  if (issue.code === 'invalid_type') return `应为${kindsOfValue[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `只能填写${issue.values.map(String).join('、')}`;
  if (issue.code === 'unrecognized_keys') return `不认识的字段：${issue.keys.join('、')}`;
  return undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const at = /at position (\d+)/.exec(String(cause))?.[1];
    const line = at === undefined ? '' : `（第${text.slice(0, Number(at)).split('\n').length}行附近）`;
    throw badInput('policy.file', `策略文件不是合法的JSON${line}。`, '请检查引号、逗号和括号是否成对，全角标点只能写在引号里。');
  }
}

const MOST_LISTED = 20;

function listed(title: string, places: readonly string[]): string {
  const more = places.length > MOST_LISTED ? `（列出前${MOST_LISTED}处）` : '';
  return [`${title}，有${places.length}处${more}：`, ...places.slice(0, MOST_LISTED)].join('\n');
}

/** ladders.rectify.value[3].offset */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}${place && '.'}${String(key)}`), '') ||
  '整个文件';

const LINE_WIDTH = 200;

/** JSON in which whatever fits on a line stands on one. */
function layOut(value: unknown, indent: string): string {
  const line = onOneLine(value);
  if (typeof value !== 'object' || value === null || indent.length + line.length <= LINE_WIDTH) return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((one) => layOut(one, inner))
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${layOut(one, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.map((part) => inner + part).join(',\n')}\n${indent}${close}`;
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${JSON.stringify(name)}: ${onOneLine(one)}`)
    .join(', ')} }`;
}
