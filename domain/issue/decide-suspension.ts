import { reject, type CommandOf, type Decision, type Judging } from './decision';
import type { IssueState } from './types';

export const decideSuspension = (_state: IssueState, _command: CommandOf<'suspend'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideSuspensionReview = (_state: IssueState, _command: CommandOf<'reviewSuspension'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideResumption = (_state: IssueState, _command: CommandOf<'resume'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideWithdrawal = (_state: IssueState, _command: CommandOf<'withdraw'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideReopening = (_state: IssueState, _command: CommandOf<'reopen'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');
