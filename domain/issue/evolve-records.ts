import type { EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import type { IssueState } from './types';

// What an office records beside an issue's life opens and closes no duty.

export const handlingRecorded = (
  state: IssueState,
  { type: _, ...handling }: EventOf<'handlingRecorded'>,
  _frame: EventFrame,
): IssueState => ({
  ...state,
  handling: [...state.handling, handling],
});

/** The item as it stands now; what it was stays in the event before. */
export const moneyCorrected = (
  state: IssueState,
  { type: _, reason: __, ...item }: EventOf<'moneyCorrected'>,
  _frame: EventFrame,
): IssueState => ({ ...state, money: state.money.map((one) => (one.id === item.id ? item : one)) });

export const moneyRecorded = (state: IssueState, { type: _, ...item }: EventOf<'moneyRecorded'>, _frame: EventFrame): IssueState => ({
  ...state,
  money: [...state.money, item],
});

export const ruleRecorded = (state: IssueState, { type: _, ...rule }: EventOf<'ruleRecorded'>, _frame: EventFrame): IssueState => ({
  ...state,
  newRules: [...state.newRules, rule],
});

export const publicStatusSet = (state: IssueState, { status, on }: EventOf<'publicStatusSet'>, _frame: EventFrame): IssueState => ({
  ...state,
  publicStatus: { status, on },
});

export const implementationEdited = (state: IssueState, { text }: EventOf<'implementationEdited'>, _frame: EventFrame): IssueState => ({
  ...state,
  implementation: text,
});

/** 原因分析 and 举一反三 come with a plan; a later plan that is silent about them keeps what was said. */
export const causesNamed = (state: IssueState, { rootCause, widerCheck }: EventOf<'planProposed'>): IssueState => ({
  ...state,
  rootCause: rootCause ?? state.rootCause,
  widerCheck: widerCheck ?? state.widerCheck,
});
