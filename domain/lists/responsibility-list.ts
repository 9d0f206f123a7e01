import type { IssueState } from '../issue/types';
import { headOf, holdersNamed, inOrder, unitNamed, type ListContext, type Named, type RowHead } from './listing';

/** Who is answerable for an issue; empty where nobody is named or a post is vacant. */
export interface Responsible {
  /** 第一责任人 of the organisation. */
  readonly firstResponsible: readonly Named[];
  /** 牵头领导 */
  readonly leadLeader: readonly Named[];
  /** 分管领导 */
  readonly leaderInCharge: readonly Named[];
  /** 主办单位; null before the issue is handed over. */
  readonly leadUnit: Named | null;
  readonly unitHead: readonly Named[];
  /** 责任人 */
  readonly handler: readonly Named[];
  /** 协办单位 with their heads. */
  readonly coUnits: readonly { readonly unit: Named; readonly unitHead: readonly Named[] }[];
}

/** A row of 责任清单. */
export interface ResponsibilityRow extends RowHead, Responsible {}

/** 责任清单: issue → leaders and units, as of the day of the list. */
export const responsibilityList = (issues: readonly IssueState[], context: ListContext): readonly ResponsibilityRow[] =>
  inOrder(issues)
    .filter(({ phase }) => phase !== 'void' && phase !== 'replaced')
    .map((state) => ({ ...headOf(state, context), ...responsibleFor(state, context) }));

export function responsibleFor(state: IssueState, context: ListContext): Responsible {
  const { assignment } = state;
  const assigned = (role: 'leadLeader' | 'leaderInCharge' | 'unitHead' | 'handler'): readonly Named[] =>
    assignment ? holdersNamed(state, role, context) : [];
  return {
    firstResponsible: holdersNamed(state, 'firstResponsible', context),
    leadLeader: assigned('leadLeader'),
    leaderInCharge: assigned('leaderInCharge'),
    leadUnit: assignment ? unitNamed(assignment.leadUnitId, context) : null,
    unitHead: assigned('unitHead'),
    handler: assigned('handler'),
    coUnits: (assignment?.coUnitIds ?? []).map((id) => ({
      unit: unitNamed(id, context),
      unitHead: holdersNamed(state, 'unitHead', context, id),
    })),
  };
}
