import { reportedStatus, type DraftDeclared, type DraftIssue } from './draft';
import type { Declared } from './extract/declared';

/** What the document lists, to be counted. */
export interface Counted {
  readonly issues: readonly DraftIssue[];
  readonly aspects: number;
  readonly categories: number;
}

const states = new Set<string>(reportedStatus.options);

/** Each stated total beside what was counted; null where the document lists nothing that could be counted. */
export function compareDeclared(declared: readonly Declared[], counted: Counted): DraftDeclared[] {
  return declared.map((total) => {
    const count = countOf(total, declared, counted);
    return {
      what: total.what,
      value: total.value,
      counted: count,
      agrees: count === null ? null : count === total.value,
      line: total.line,
    };
  });
}

function countOf({ what, line }: Declared, declared: readonly Declared[], { issues, aspects, categories }: Counted): number | null {
  if (what === 'handled_person_times') return sumOfKinds(declared, line);
  if (states.has(what)) {
    const stated = issues.filter(({ status }) => status !== null);
    return stated.length === 0 ? null : stated.filter(({ status }) => status?.value === what).length;
  }
  const listed = what === 'issues' ? issues.length : what === 'aspects' ? aspects : what === 'categories' ? categories : 0;
  return listed === 0 ? null : listed;
}

/** Kinds of handling on the same line add up to person-times (人次), never to persons. */
function sumOfKinds(declared: readonly Declared[], line: number): number | null {
  const kinds = declared.filter((other) => other.line === line && other.what.startsWith('handling:'));
  return kinds.length < 2 ? null : kinds.reduce((sum, { value }) => sum + value, 0);
}
