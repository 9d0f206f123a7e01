import type { ContentRef } from '../content';
import type { RuleContext } from '../context';
import { holders, personOf, unitOf } from '../parties';
import type { Role } from '../roles';
import type { LocalDate } from '../time';
import type { IssueState } from '../issue/types';

/** The text of a sealed content; who makes a list has read them all at once. */
export type TextOf = (ref: ContentRef) => string;

/** What the three lists and the ledger 三清单一台账 are made from besides the issues. Pure: the day is passed in. */
export interface ListContext extends RuleContext {
  readonly textOf: TextOf;
  /** The day that the list shows. */
  readonly on: LocalDate;
  /** Where a finding stands in the tree 方面 › 项, if the document has one. */
  readonly placeOf?: (issueId: string) => Place;
}

export interface Place {
  readonly aspect: string | null;
  readonly category: string | null;
}

/** A unit or person as a list shows it: `name` is the id when the directory lacks it. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** What every row of every list begins with. `number` is the number in the feedback: the parts of a split issue share it. */
export interface RowHead extends Place {
  readonly issueId: string;
  readonly number: number;
  readonly title: string;
}

/** 线下办理: the finding's text may not enter, so its rows have none. */
const OFF_SYSTEM = '（线下办理）';

export function headOf(state: IssueState, context: ListContext): RowHead {
  const { id, number, title, offSystem } = state;
  return {
    issueId: id,
    number,
    ...(context.placeOf?.(id) ?? { aspect: null, category: null }),
    title: offSystem ? OFF_SYSTEM : textOf(state, title, context),
  };
}

/** A text of an issue; nothing where there is none, and for what is rectified off the system. */
export const textOf = ({ offSystem }: IssueState, ref: ContentRef | null | undefined, context: Pick<ListContext, 'textOf'>): string =>
  ref && !offSystem ? context.textOf(ref) : '';

export const unitNamed = (id: string, { directory }: ListContext): Named => ({ id, name: unitOf(directory, id)?.name ?? id });
export const personNamed = (id: string, { directory }: ListContext): Named => ({ id, name: personOf(directory, id)?.name ?? id });

/** Who holds a role around an issue on the day of the list: as assigned, else by posts; several when a post is held by several. */
export const holdersNamed = (state: IssueState, role: Role, context: ListContext, unitId: string | null = null): readonly Named[] =>
  holders(context.directory, state, role, context.on, unitId).map((id) => personNamed(id, context));

/** By number, the parts of a split issue behind it, as their ids say. */
export const inOrder = (issues: readonly IssueState[]): readonly IssueState[] =>
  [...issues].sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
