import { reportedStatus, type DraftDeclared, type DraftIssue } from './draft';
import type { Declared } from './extract/declared';

/** What the document lists, to be counted. */
export interface Counted {
  readonly issues: readonly DraftIssue[];
  readonly aspects: number;
  readonly categories: number;
}

type Comparison = Pick<DraftDeclared, 'counted' | 'agrees'>;

const states = new Set<string>(reportedStatus.options);

/**
 * Each stated total beside what was counted; `counted` and `agrees` are null where the document lists nothing that could be counted.
 * Where one statement of a total agrees, others of it tell of something else (a part, an earlier round) and are compared with nothing.
 */
export function compareDeclared(declared: readonly Declared[], counted: Counted): DraftDeclared[] {
  const compared = declared.map((total) => ({
    what: total.what,
    value: total.value,
    ...comparison(total, declared, counted),
    line: total.line,
  }));
  const agreed = new Set(compared.flatMap(({ what, agrees }) => (agrees === true ? [what] : [])));
  return compared.map((total) => (total.agrees === false && agreed.has(total.what) ? { ...total, agrees: null } : total));
}

const equals = (counted: number | null, value: number): Comparison => ({ counted, agrees: counted === null ? null : counted === value });

function comparison(total: Declared, declared: readonly Declared[], counted: Counted): Comparison {
  const { what, value, line } = total;
  const { issues, aspects, categories } = counted;
  if (what === 'handled_person_times') return equals(sumOfKinds(declared, line), value);
  if (what === 'completion_rate') return rate(total, declared, issues.length);
  if (what === 'measures') return measures(value, issues);
  if (what.startsWith('money:')) return money(value, what.slice('money:'.length), issues);
  if (states.has(what)) return stateCount(what, value, issues);
  const listed = what === 'issues' ? issues.length : what === 'aspects' ? aspects : what === 'categories' ? categories : 0;
  return equals(listed === 0 ? null : listed, value);
}

/** Kinds of handling on the same line add up to person-times (人次), never to persons. */
function sumOfKinds(declared: readonly Declared[], line: number): number | null {
  const kinds = declared.filter((other) => other.line === line && other.what.startsWith('handling:'));
  return kinds.length < 2 ? null : kinds.reduce((sum, { value }) => sum + value, 0);
}

/** Where only some issues say their state, too few prove nothing. */
function stateCount(what: string, value: number, issues: readonly DraftIssue[]): Comparison {
  const stated = issues.filter(({ status }) => status !== null);
  if (stated.length === 0) return { counted: null, agrees: null };
  const count = stated.filter(({ status }) => status?.value === what).length;
  return stated.length === issues.length || count > value
    ? equals(count, value)
    : { counted: count, agrees: count === value ? true : null };
}

/** More may be listed than are called so (one 整改措施 an issue, with steps below); fewer may not, where every issue lists its own. */
function measures(value: number, issues: readonly DraftIssue[]): Comparison {
  if (issues.length === 0 || issues.some((issue) => issue.measures.length === 0)) return { counted: null, agrees: null };
  const sum = issues.reduce((total, issue) => total + issue.measures.length, 0);
  return { counted: sum, agrees: sum === value ? true : sum < value ? false : null };
}

/** Issues mention summary and detail both, so their sum proves nothing; one mention above the stated total does. */
function money(value: number, role: string, issues: readonly DraftIssue[]): Comparison {
  const sums = issues.flatMap((issue) => issue.money.flatMap((mention) => (mention.role === role ? [mention.amountYuan] : [])));
  if (sums.length === 0) return { counted: null, agrees: null };
  const all = Math.round(sums.reduce((total, sum) => total + sum, 0) * 100) / 100;
  const most = sums.reduce((a, b) => Math.max(a, b), 0);
  return all === value ? { counted: all, agrees: true } : most > value ? { counted: most, agrees: false } : { counted: null, agrees: null };
}

/** Percent, as precise as stated; 基本完成 may be counted in. Compared with the stated numbers of the line, else of the document. */
function rate({ value, line }: Declared, declared: readonly Declared[], listed: number): Comparison {
  const stated = (what: string): number | null =>
    (declared.find((other) => other.what === what && other.line === line) ?? declared.find((other) => other.what === what))?.value ?? null;
  const whole = stated('issues') ?? (listed === 0 ? null : listed);
  const done = stated('completed');
  if (whole === null || whole === 0 || done === null) return { counted: null, agrees: null };
  const parts = [0, stated('basically_completed') ?? 0, (stated('basically_completed') ?? 0) + (stated('stage_completed') ?? 0)];
  const decimals = (String(value).split('.')[1] ?? '').length;
  const near = parts.some((more) => Math.abs(((done + more) / whole) * 100 - value) < 10 ** -decimals);
  return { counted: Math.round((done / whole) * 1000) / 10, agrees: near };
}
