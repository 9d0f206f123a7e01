import { baseSubject } from '../domain/base/subject';
import { BASE, type BaseState } from '../domain/base/types';
import type { RuleContext } from '../domain/context';
import type { Account } from '../domain/obligation/types';
import { unitOf } from '../domain/parties';
import type { Database, Transaction } from './database';
import { loadRules } from './rules';

/** What an obligation hangs on, as a list or a message names it, with the rules that govern it. */
export interface Subject {
  readonly account: Account;
  readonly context: RuleContext;
  /** The office's own reference: `R1-012`, `R1`; of the base data its kind. */
  readonly reference: string;
  /** What a duty of it is about: the finding, the round, the vacant post. */
  titleOf(dutyId: string): string;
  /** The responsible unit of an issue; null of anything else, and before it was assigned. */
  readonly unit: string | null;
  /** A path below the base of all links. */
  readonly link: string;
}

interface Row {
  readonly id: string;
  readonly title: string;
  readonly state: Account | null;
  readonly policy: string | null;
}

/** The accounts behind stream ids: issues, rounds, the base data. */
export async function subjectsOf(tx: Transaction, owner: Database, ids: readonly string[]): Promise<ReadonlyMap<string, Subject>> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT i.id, i.title, i.state, r.policy FROM issue i JOIN round r ON r.id = i.round_id WHERE i.id = ANY(${ids}::text[])
    UNION ALL SELECT 'round/' || id, name, state, policy FROM round WHERE 'round/' || id = ANY(${ids}::text[])
    UNION ALL SELECT id, '', state, NULL FROM base WHERE id = ANY(${ids}::text[])`;
  const subjects = new Map<string, Subject>();
  const contexts = new Map<string | null, RuleContext>();
  for (const { id, title, state, policy } of rows) {
    if (state === null) continue;
    const context = contexts.get(policy) ?? (await loadRules(tx, owner, policy));
    contexts.set(policy, context);
    subjects.set(id, { account: state, context, ...facing(id, title, state, context) });
  }
  return subjects;
}

function facing(
  id: string,
  title: string,
  state: Account,
  { directory }: RuleContext,
): Pick<Subject, 'reference' | 'titleOf' | 'unit' | 'link'> {
  if (id === BASE)
    return { reference: '基础数据', titleOf: (dutyId) => baseSubject(state as BaseState, dutyId, directory), unit: null, link: '/base' };
  const round = id.startsWith('round/') ? id.slice('round/'.length) : null;
  const unit = state.assignment ? (unitOf(directory, state.assignment.leadUnitId)?.name ?? null) : null;
  return { reference: round ?? id, titleOf: () => title, unit, link: round === null ? `/issues/${id}` : `/rounds/${round}` };
}
