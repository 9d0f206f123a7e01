import type { Instant } from '../domain/time';
import { millis } from '../domain/time';

/** How many messages a robot takes in any stretch of so many milliseconds. */
export interface PaceWindow {
  readonly most: number;
  readonly inMs: number;
}

export interface PaceRule {
  readonly windows: readonly PaceWindow[];
  /** The first `lastsMs` after every multiple of `everyMs` (UTC, whole hours like Beijing's) are left to others. */
  readonly rush?: { readonly everyMs: number; readonly lastsMs: number };
}

/** What one robot has been given lately. A value: `reserve` and `silence` give the next one. */
export interface Pace {
  readonly rule: PaceRule;
  /** When messages went out, epoch milliseconds in ascending order. */
  readonly gone: readonly number[];
  /** The stretch in which nothing may be sent, epoch milliseconds. */
  readonly silent: { readonly from: number; readonly until: number } | null;
}

export type Reservation = { readonly go: true; readonly pace: Pace } | { readonly go: false; readonly waitMs: number };

export const freshPace = (rule: PaceRule): Pace => ({ rule, gone: [], silent: null });

/** Takes one place at `now`, or says how long to wait before asking again (1 ms or more). Nothing is taken by a refusal. */
export function reserve({ rule, gone, silent }: Pace, now: Instant): Reservation {
  const at = millis(now);
  const longest = Math.max(0, ...rule.windows.map((window) => window.inMs));
  // what seems to lie further ahead than a window was noted before the clock was set back
  const recent = gone.filter((moment) => Math.abs(at - moment) < longest);
  const waits = [...rule.windows.map((window) => waitOf(window, recent, at)), rushOf(rule, at), silenceOf(silent, at)];
  const waitMs = Math.max(...waits);
  return waitMs > 0 ? { go: false, waitMs } : { go: true, pace: { rule, gone: [...recent, at].sort((a, b) => a - b), silent: null } };
}

/** The robot said that it had been sent too much: nothing for `forMs` from `now`. */
export const silence = (pace: Pace, forMs: number, now: Instant): Pace => ({
  ...pace,
  silent: { from: millis(now), until: millis(now) + forMs },
});

function waitOf({ most, inMs }: PaceWindow, recent: readonly number[], at: number): number {
  const taken = recent.filter((moment) => moment > at - inMs);
  // the place of the `most`-th last message has to become free
  const leaving = taken[taken.length - most];
  return leaving === undefined ? 0 : leaving + inMs - at;
}

function rushOf({ rush }: PaceRule, at: number): number {
  if (rush === undefined) return 0;
  const since = at % rush.everyMs;
  return since < rush.lastsMs ? rush.lastsMs - since : 0;
}

/** A clock set back to before the silence began must not lengthen it. */
const silenceOf = (silent: Pace['silent'], at: number): number =>
  silent === null || at < silent.from ? 0 : Math.max(0, silent.until - at);
