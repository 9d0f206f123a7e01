import { ZhenggaiError } from '../domain/failure';
import type { Outcome } from '../ledger/step';
import { print, printJson } from './output';
import type { Submitted } from './submit';

export type Accepted = Extract<Outcome, { accepted: true }>;

/** Tells how one command ended; throws its refusal. `said` words an acceptance. */
export function tellAnswer({ key, answer }: Submitted, json: boolean, said: (accepted: Accepted) => string): void {
  if (json) printJson({ schema: 'zhenggai.answer/1', key, pending: answer === null, ...answer });
  if (answer?.accepted === false) throw new ZhenggaiError('badInput', answer.rejection);
  if (json) return;
  print(answer === null ? `命令已保存，尚未办结：${key}。` : said(answer));
}
