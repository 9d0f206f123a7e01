import type { EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import type { IssueState } from './types';

export const handlingRecorded = (state: IssueState, _event: EventOf<'handlingRecorded'>, _frame: EventFrame): IssueState => state;

export const moneyRecorded = (state: IssueState, _event: EventOf<'moneyRecorded'>, _frame: EventFrame): IssueState => state;

export const ruleRecorded = (state: IssueState, _event: EventOf<'ruleRecorded'>, _frame: EventFrame): IssueState => state;

export const publicStatusSet = (state: IssueState, _event: EventOf<'publicStatusSet'>, _frame: EventFrame): IssueState => state;

export const implementationEdited = (state: IssueState, _event: EventOf<'implementationEdited'>, _frame: EventFrame): IssueState => state;
