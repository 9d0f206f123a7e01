import { NUMBER_TO_DRAW, type IssueEvent } from '../domain/issue/events';
import type { IssueState } from '../domain/issue/types';
import { dateOf, type Instant } from '../domain/time';
import type { Transaction } from './database';

/** The next number of a counter, without gaps: the row stays locked until this transaction ends. */
export async function drawNumber(tx: Transaction, name: string): Promise<number> {
  const rows = await tx.$queryRaw<{ value: number }[]>`
    INSERT INTO counter (name, value) VALUES (${name}, 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value`;
  return rows[0]?.value ?? NaN;
}

/** The next number of a kind of paper: `〔2026〕3号`, one series a kind and year. */
export async function drawPaperNumber(tx: Transaction, kind: string, now: Instant): Promise<string> {
  const year = dateOf(now).slice(0, 4);
  return `〔${year}〕${await drawNumber(tx, `paper/${kind}/${year}`)}号`;
}

/**
 * Draws numbers without gaps and without padding: of papers `〔2026〕3号`, one series a kind and year; of closeouts `R1〔2026〕3号`, one
 * series a round and year.
 */
export async function drawNumbers(tx: Transaction, state: IssueState, events: readonly IssueEvent[], now: Instant): Promise<IssueEvent[]> {
  const year = dateOf(now).slice(0, 4);
  const draw = async (series: string): Promise<string> => `〔${year}〕${await drawNumber(tx, `${series}/${year}`)}号`;
  const drawn: IssueEvent[] = [];
  for (const event of events) {
    if (event.type === 'paperSigned' && event.number === NUMBER_TO_DRAW) {
      const paper = state.papers.find(({ id }) => id === event.paperId);
      drawn.push({ ...event, number: await draw(`paper/${paper?.kind ?? 'unknown'}`) });
    } else if (event.type === 'closed' && event.closeoutNumber === NUMBER_TO_DRAW)
      drawn.push({ ...event, closeoutNumber: `${state.roundId}${await draw(`closeout/${state.roundId}`)}` });
    else drawn.push(event);
  }
  return drawn;
}
