import type { EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import type { IssueState } from './types';

export const coordinationRequested = (state: IssueState, _event: EventOf<'coordinationRequested'>, _frame: EventFrame): IssueState => state;

export const coordinationDecided = (state: IssueState, _event: EventOf<'coordinationDecided'>, _frame: EventFrame): IssueState => state;

export const coordinationNoted = (state: IssueState, _event: EventOf<'coordinationNoted'>, _frame: EventFrame): IssueState => state;

export const coordinationAnswered = (state: IssueState, _event: EventOf<'coordinationAnswered'>, _frame: EventFrame): IssueState => state;
