import { badInput, type ZhenggaiError } from '../domain/failure';

export const unknownIssue = (id: string): ZhenggaiError =>
  badInput('issue.unknown', `没有问题${id}。`, '请用 zhenggai issue list 查看编号。');

export const unknownRound = (id: string): ZhenggaiError =>
  badInput('round.unknown', `没有轮次${id}。`, '请用 zhenggai round list 查看轮次编号。');
