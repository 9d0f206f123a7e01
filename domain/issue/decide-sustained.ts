import { reject, type CommandOf, type Decision, type Judging } from './decision';
import type { IssueState } from './types';

export const decideMilestone = (_state: IssueState, _command: CommandOf<'completeMilestone'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideStageReview = (_state: IssueState, _command: CommandOf<'reviewStage'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideUpkeep = (_state: IssueState, _command: CommandOf<'confirmUpkeep'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');
