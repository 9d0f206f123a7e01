import { NUMBER_TO_DRAW, type IssueEvent } from '../domain/issue/events';
import type { IssueState } from '../domain/issue/types';
import type { LocalDate } from '../domain/time';
import type { Transaction } from './database';

/** The next number of a counter, without gaps: the row stays locked until this transaction ends. */
export async function drawNumber(tx: Transaction, name: string): Promise<number> {
  const rows = await tx.$queryRaw<{ value: number }[]>`
    INSERT INTO counter (name, value) VALUES (${name}, 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value`;
  return rows[0]?.value ?? NaN;
}

/** The next number of a kind of paper: `〔2026〕3号`, one series a kind and year. */
export const drawPaperNumber = (tx: Transaction, kind: string, signedOn: LocalDate): Promise<string> => draw(tx, `paper/${kind}`, signedOn);

async function draw(tx: Transaction, series: string, on: LocalDate): Promise<string> {
  const year = on.slice(0, 4);
  return `〔${year}〕${await drawNumber(tx, `${series}/${year}`)}号`;
}

/**
 * Draws numbers of closeouts without gaps and without padding, `R1〔2026〕3号`, one series a round and year: the year of the day that the
 * event names, which a decision on paper has from its paper. Papers get theirs when their letters are written (letter-signing.ts).
 */
export async function drawNumbers(tx: Transaction, state: IssueState, events: readonly IssueEvent[]): Promise<IssueEvent[]> {
  const drawn: IssueEvent[] = [];
  for (const event of events) {
    if (event.type === 'closed' && event.closeoutNumber === NUMBER_TO_DRAW)
      drawn.push({ ...event, closeoutNumber: `${state.roundId}${await draw(tx, `closeout/${state.roundId}`, event.closedOn)}` });
    else drawn.push(event);
  }
  return drawn;
}
