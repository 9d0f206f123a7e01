import type { EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import type { IssueState } from './types';

export const milestoneCompleted = (state: IssueState, _event: EventOf<'milestoneCompleted'>, _frame: EventFrame): IssueState => state;

export const stageReached = (state: IssueState, _event: EventOf<'stageReached'>, _frame: EventFrame): IssueState => state;

export const stageReviewed = (state: IssueState, _event: EventOf<'stageReviewed'>, _frame: EventFrame): IssueState => state;

export const upkeepConfirmed = (state: IssueState, _event: EventOf<'upkeepConfirmed'>, _frame: EventFrame): IssueState => state;
