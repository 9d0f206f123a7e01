import type { EventOf, IssueEvent } from '../../domain/issue/events';
import { obligations } from '../../domain/obligation/obligations';
import type { IssueState, Phase } from '../../domain/issue/types';
import type { PaperState } from '../../domain/obligation/types';
import { dateOf, instant } from '../../domain/time';
import type { Life } from './life';

// What a story expects of its last step.

type Expectation = (life: Life) => void;

/** The rungs that the last step fired. */
export const firedIn = (life: Life): EventOf<'rungFired'>[] =>
  life.last.events.filter((event): event is EventOf<'rungFired'> => event.type === 'rungFired');

/** Of the rungs that the last step fired, one is this, and it was told to exactly these persons. */
export const notice =
  ({ to, ...rung }: { duty?: string; rung: string; to: readonly string[]; tone?: string; at?: string; occurrence?: number }): Expectation =>
  (life) => {
    const found = firedIn(life).filter((event) => event.rung === rung.rung && (rung.duty === undefined || event.dutyId === rung.duty));
    expect(found).toHaveLength(1);
    expect(found[0]?.recipients.map(({ personId }) => personId)).toEqual([...to].sort());
    if (rung.tone !== undefined) expect(found[0]?.tone).toBe(rung.tone);
    if (rung.at !== undefined) expect(found[0]?.at).toBe(instant(rung.at));
    if (rung.occurrence !== undefined) expect(found[0]?.occurrence).toBe(rung.occurrence);
  };

/** The last step fired exactly these, in this order: `2026-09-10 rectify#2 before-20 > handler`. */
export const tells =
  (...lines: string[]): Expectation =>
  (life) => {
    expect(
      firedIn(life).map(
        ({ at, dutyId, rung, recipients }) => `${dateOf(at)} ${dutyId} ${rung} > ${recipients.map(({ personId }) => personId).join(' ')}`,
      ),
    ).toEqual(lines);
  };

export const silence: Expectation = (life) => {
  expect(firedIn(life)).toEqual([]);
};

export const superseded =
  (dutyId: string, ...rungs: string[]): Expectation =>
  (life) => {
    const marks = life.last.events.flatMap((event) => (event.type === 'rungsSuperseded' && event.dutyId === dutyId ? event.rungs : []));
    expect(marks.map(({ rung, occurrence }) => (occurrence === 0 ? rung : `${rung}@${occurrence}`))).toEqual(rungs);
  };

export const refused =
  (code: string): Expectation =>
  (life) => {
    expect(life.last.rejection).toBe(code);
  };

export const accepted: Expectation = (life) => {
  expect(life.last.rejection).toBeNull();
};

export const happened =
  <T extends IssueEvent['type']>(type: T, body: Partial<EventOf<T>> = {}): Expectation =>
  (life) => {
    expect(life.last.events.filter((event) => event.type === type)).toEqual([expect.objectContaining({ type, ...body })]);
  };

export const stands =
  (phase: Phase): Expectation =>
  (life) => {
    expect(life.last.rejection).toBeNull();
    expect(life.state.phase).toBe(phase);
  };

/** Exactly this is owed: `rectify#1 unitHead 2026-06-02`, with ` stopped` when its clock rests. */
export const owed =
  (...lines: string[]): Expectation =>
  (life) => {
    expect(
      obligations(life.state, life.context).map(
        ({ duty, dueOn }) => `${duty.id} ${duty.holder} ${dueOn}${duty.stoppedAt === null ? '' : ' stopped'}`,
      ),
    ).toEqual(lines);
  };

export const paper =
  (id: string, state: PaperState): Expectation =>
  (life) => {
    expect(life.state.papers.find((one) => one.id === id)?.state).toBe(state);
  };

export const state =
  (part: Partial<IssueState>): Expectation =>
  (life) => {
    expect(life.state).toMatchObject(part);
  };
