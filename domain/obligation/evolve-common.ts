import { unreachable } from '../result';
import { dateOf, type Instant } from '../time';
import { changeDuty, open } from './duties';
import type { CommonEvent, RungFired, RungsSuperseded } from './events';
import type { Account, Paper } from './types';

/** How a rung's occurrence is kept in `Duty.fired`. */
export const rungKey = (rung: string, occurrence: number): string => `${rung}@${occurrence}`;

/** Folds what the engine wrote, the same in every kind of account. A due day that moved is computed anew, so nothing is kept of it. */
export function evolveCommon<S extends Account>(state: S, event: CommonEvent, at: Instant): S {
  switch (event.type) {
    case 'rungFired':
      return rungFired(state, event, at);
    case 'rungsSuperseded':
      return mark(state, event.dutyId, event.rungs, 'superseded');
    case 'datesMoved':
    case 'decisionRecorded':
      return state;
    default:
      return unreachable(event);
  }
}

const commonTypes: readonly string[] = ['rungFired', 'rungsSuperseded', 'datesMoved', 'decisionRecorded'] satisfies CommonEvent['type'][];

export const isCommonEvent = (event: { readonly type: string }): event is CommonEvent => commonTypes.includes(event.type);

/** A rung that drafts a paper opens the duty to sign it; one that asks for a decision, the duty to decide. */
function rungFired<S extends Account>(state: S, event: RungFired, at: Instant): S {
  const fired = mark(state, event.dutyId, [event], 'fired');
  // on its day a rung drafts its paper at the rung's own instant, as the forecast says; a late one when it fires
  const draftedAt = dateOf(event.at) === dateOf(at) ? event.at : at;
  const asked = event.opens ? askForTalk(fired, draftedAt) : fired;
  return event.paper ? draftPaper(asked, event.paper, draftedAt) : asked;
}

/** Whether to hold a talk is to be decided; one decision is owed at a time. The rung itself has told of it. */
function askForTalk<S extends Account>(state: S, at: Instant): S {
  if (state.duties.some(({ kind, closedAt }) => kind === 'talkDecision' && closedAt === null)) return state;
  return open(state, at, {
    kind: 'talkDecision',
    holder: 'inspectionOffice',
    announced: false,
    due: { term: 'talkDecision', from: dateOf(at) },
  });
}

/** A draft waits for its signature, and that waiting is itself owed. */
export function draftPaper<S extends Account>(state: S, draft: Omit<Paper, 'state' | 'number' | 'signedOn'>, at: Instant): S {
  const paper: Paper = { ...draft, state: 'draft', number: null, signedOn: null };
  return open({ ...state, papers: [...state.papers, paper] }, at, {
    id: `signPaper:${paper.id}`,
    kind: 'signPaper',
    holder: paper.issuer,
    urgent: paper.urgent,
    due: { term: 'signPaper', from: dateOf(at) },
  });
}

function mark<S extends Account>(state: S, dutyId: string, rungs: RungsSuperseded['rungs'], how: 'fired' | 'superseded'): S {
  const marks = Object.fromEntries(rungs.map(({ rung, occurrence }) => [rungKey(rung, occurrence), how]));
  const duty = state.duties.find(({ id }) => id === dutyId);
  return duty ? changeDuty(state, dutyId, { fired: { ...duty.fired, ...marks } }) : state;
}
