import type { EventFrame } from '../obligation/types';
import type { EventOf } from './events';
import type { IssueState } from './types';

export const recused = (state: IssueState, _event: EventOf<'recused'>, _frame: EventFrame): IssueState => state;

export const handedOver = (state: IssueState, _event: EventOf<'handedOver'>, _frame: EventFrame): IssueState => state;
