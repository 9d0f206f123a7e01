import { reject, type CommandOf, type Decision, type Judging } from './decision';
import type { IssueState } from './types';

export const decideHandling = (_state: IssueState, _command: CommandOf<'recordHandling'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideMoney = (_state: IssueState, _command: CommandOf<'recordMoney'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideRule = (_state: IssueState, _command: CommandOf<'recordRule'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decidePublicStatus = (_state: IssueState, _command: CommandOf<'setPublicStatus'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideImplementation = (_state: IssueState, _command: CommandOf<'editImplementation'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');
