import { reject, type CommandOf, type Decision, type Judging } from './decision';
import type { IssueState } from './types';

export const decideCoordinationRequest = (_state: IssueState, _command: CommandOf<'requestCoordination'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideCoordination = (_state: IssueState, _command: CommandOf<'decideCoordination'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideCoordinationNote = (_state: IssueState, _command: CommandOf<'noteCoordination'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');

export const decideCoordinationAnswer = (_state: IssueState, _command: CommandOf<'answerCoordination'>, _context: Judging): Decision =>
  reject('command.notYet', '', '');
