import { reject, type CommandOf, type Decision, type Judging } from './decision';
import type { IssueState } from './types';

export const decideVoid = (_state: IssueState, _command: CommandOf<'void'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideSplit = (_state: IssueState, _command: CommandOf<'split'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideMerge = (_state: IssueState, _command: CommandOf<'merge'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideReassign = (_state: IssueState, _command: CommandOf<'reassign'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideTransfer = (_state: IssueState, _command: CommandOf<'transferOut'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideConfirmation = (_state: IssueState, _command: CommandOf<'confirmCorrection'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideAmendment = (_state: IssueState, _command: CommandOf<'amend'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');
