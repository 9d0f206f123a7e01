import { reject, type CommandOf, type Decision, type Judging } from './decision';
import type { IssueState } from './types';

export const decideRecusal = (_state: IssueState, _command: CommandOf<'recuse'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideHandOver = (_state: IssueState, _command: CommandOf<'handOver'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideRecurrence = (_state: IssueState, _command: CommandOf<'linkRecurrence'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideSharing = (_state: IssueState, _command: CommandOf<'shareRectification'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');
