import type { EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import type { IssueState } from './types';

export const correctionProposed = (state: IssueState, _event: EventOf<'correctionProposed'>, _frame: EventFrame): IssueState => state;

export const correctionRefused = (state: IssueState, _event: EventOf<'correctionRefused'>, _frame: EventFrame): IssueState => state;

export const voided = (state: IssueState, _event: EventOf<'voided'>, _frame: EventFrame): IssueState => state;

export const splitUp = (state: IssueState, _event: EventOf<'splitUp'>, _frame: EventFrame): IssueState => state;

export const mergedInto = (state: IssueState, _event: EventOf<'mergedInto'>, _frame: EventFrame): IssueState => state;

export const reassigned = (state: IssueState, _event: EventOf<'reassigned'>, _frame: EventFrame): IssueState => state;

export const transferredOut = (state: IssueState, _event: EventOf<'transferredOut'>, _frame: EventFrame): IssueState => state;
