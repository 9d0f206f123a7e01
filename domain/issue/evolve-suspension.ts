import type { EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import type { IssueState } from './types';

export const suspended = (state: IssueState, _event: EventOf<'suspended'>, _frame: EventFrame): IssueState => state;

export const suspensionReviewed = (state: IssueState, _event: EventOf<'suspensionReviewed'>, _frame: EventFrame): IssueState => state;

export const resumed = (state: IssueState, _event: EventOf<'resumed'>, _frame: EventFrame): IssueState => state;

export const withdrawn = (state: IssueState, _event: EventOf<'withdrawn'>, _frame: EventFrame): IssueState => state;

export const reopened = (state: IssueState, _event: EventOf<'reopened'>, _frame: EventFrame): IssueState => state;
