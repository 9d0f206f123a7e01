import type { ObligationKind } from '../policy/policy';
import { unreachable } from '../result';
import type { Role } from '../roles';
import type { Instant } from '../time';
import { dateOf } from '../time';
import type { IssueEvent } from './events';
import type { Duty, DueBasis, IssueState, Paper } from './types';

export const rungKey = (rung: string, occurrence: number): string => `${rung}@${occurrence}`;

interface Opening {
  readonly id: string;
  readonly kind: ObligationKind;
  readonly holder: Role;
  readonly due: DueBasis;
  readonly ladder?: ObligationKind | 'relapse';
  readonly announced?: boolean;
}

/** Opens a duty at the instant of the event. */
function open(state: IssueState, at: Instant, opening: Opening): IssueState {
  const duty: Duty = {
    id: opening.id,
    kind: opening.kind,
    ladder: opening.ladder ?? opening.kind,
    holder: opening.holder,
    openedAt: at,
    due: opening.due,
    announced: opening.announced ?? true,
    stoppedAt: null,
    closedAt: null,
    closedBy: null,
    fired: {},
  };
  return { ...state, duties: [...state.duties, duty] };
}

/** Closes the open duties that match. */
function close(state: IssueState, at: Instant, by: string, match: (duty: Duty) => boolean): IssueState {
  return {
    ...state,
    duties: state.duties.map((duty) => (duty.closedAt === null && match(duty) ? { ...duty, closedAt: at, closedBy: by, stoppedAt: null } : duty)),
  };
}

const ofKind =
  (...kinds: ObligationKind[]) =>
  (duty: Duty): boolean =>
    kinds.includes(duty.kind);

const change = (state: IssueState, id: string, with_: Partial<Duty>): IssueState => ({
  ...state,
  duties: state.duties.map((duty) => (duty.id === id ? { ...duty, ...with_ } : duty)),
});

/** The number of the next duty of a kind: `rectify#2`. */
const numbered = (state: IssueState, kind: ObligationKind): string => `${kind}#${state.duties.filter((duty) => duty.kind === kind).length + 1}`;

const openRectify = (state: IssueState, at: Instant, due: DueBasis, ladder: 'rectify' | 'relapse' = 'rectify', announced = true): IssueState =>
  open(state, at, { id: numbered(state, 'rectify'), kind: 'rectify', holder: 'unitHead', due, ladder, announced });

const changePaper = (state: IssueState, id: string, with_: Partial<Paper>): IssueState => ({
  ...state,
  papers: state.papers.map((paper) => (paper.id === id ? { ...paper, ...with_ } : paper)),
});

/** The state before the first event. */
export function emptyIssue(id: string): IssueState {
  return {
    id,
    roundId: '',
    number: 0,
    version: 0,
    phase: 'registered',
    feedbackOn: '' as IssueState['feedbackOn'],
    reported: null,
    assignment: null,
    measures: [],
    planProposedBy: null,
    planApprovals: [],
    originalDueOn: null,
    dueOn: null,
    duties: [],
    extension: null,
    extensions: 0,
    closeoutRequestedBy: null,
    checkBackMode: null,
    checkers: [],
    reviewParties: [],
    reviews: [],
    returns: 0,
    relapses: 0,
    closeoutNumber: null,
    closedOn: null,
    papers: [],
    lastOccurredAt: '' as Instant,
  };
}

/** What an event was told about besides its body. */
export interface EventFrame {
  readonly actor: string;
  readonly occurredAt: Instant;
}

/** Folds one event into the state: pure, total, and the place where it stands which event opens and closes which duty. */
export function evolve(before: IssueState, event: IssueEvent, frame: EventFrame): IssueState {
  const at = frame.occurredAt;
  const today = dateOf(at);
  const state: IssueState = { ...before, version: before.version + 1, lastOccurredAt: at };
  switch (event.type) {
    case 'registered': {
      const issue: IssueState = {
        ...state,
        roundId: event.roundId,
        number: event.number,
        feedbackOn: event.feedbackOn,
        reported: event.reported,
        phase: 'registered',
      };
      if (event.reported !== 'completed') return open(issue, at, { id: 'assign', kind: 'assign', holder: 'rectificationOffice', due: { term: 'assign', from: today } });
      return openCheckBack({ ...issue, phase: 'closeoutRequested' }, at);
    }
    case 'assigned': {
      const { type: _, ...assignment } = event;
      const assigned = close({ ...state, phase: 'assigned', assignment }, at, 'assigned', ofKind('assign', 'receipt'));
      const owed = open(assigned, at, { id: numbered(assigned, 'receipt'), kind: 'receipt', holder: 'unitHead', due: { term: 'receipt', from: today } });
      if (owed.duties.some((duty) => duty.kind === 'rectify' && duty.closedAt === null)) return owed;
      return openRectify(owed, at, { term: 'concentratedPeriod', from: state.feedbackOn }, 'rectify', false);
    }
    case 'acknowledged':
      return openPlan(close({ ...state, phase: 'acknowledged' }, at, 'acknowledged', ofKind('receipt')), at, { term: 'plan', from: state.feedbackOn });
    case 'planProposed': {
      const planned: IssueState = {
        ...state,
        phase: 'planned',
        planProposedBy: frame.actor,
        planApprovals: [],
        measures: event.measures.map((measure) => ({ ...measure, completedAt: null })),
      };
      return openApproval(close(planned, at, 'planProposed', ofKind('plan')), at, 'leadLeader');
    }
    case 'planApproved': {
      const approved = close(
        { ...state, planApprovals: [...state.planApprovals, { role: event.role, by: frame.actor }] },
        at,
        'planApproved',
        ofKind('planApproval'),
      );
      if (!event.final) return openApproval(approved, at, 'rectificationOffice');
      const rectifying: IssueState = {
        ...approved,
        phase: 'rectifying',
        originalDueOn: state.originalDueOn ?? event.dueOn,
        dueOn: event.dueOn ?? state.dueOn,
      };
      const reviewed = open(rectifying, at, {
        id: numbered(rectifying, 'planReview'),
        kind: 'planReview',
        holder: 'inspectionOffice',
        due: { term: 'planReview', from: today },
      });
      const due: DueBasis = event.dueOn ? { named: event.dueOn } : { term: 'concentratedPeriod', from: state.feedbackOn };
      return openRectify(close(reviewed, at, 'planApproved', ofKind('rectify')), at, due);
    }
    case 'planReturned':
      return openPlan(close({ ...state, phase: 'acknowledged', planApprovals: [] }, at, 'planReturned', ofKind('planApproval')), at, {
        term: 'redo',
        from: today,
      });
    case 'planReviewed': {
      const reviewed = close(state, at, 'planReviewed', ofKind('planReview'));
      if (event.verdict === 'approved') return reviewed;
      return openPlan({ ...reviewed, phase: 'acknowledged', planApprovals: [] }, at, { term: 'redo', from: today });
    }
    case 'progressReported':
    case 'commented':
      return state;
    case 'measureCompleted':
      return {
        ...state,
        measures: state.measures.map((measure) => (measure.id === event.measureId ? { ...measure, completedAt: at } : measure)),
      };
    case 'extensionRequested': {
      const { dutyId, newDueOn, late } = event;
      const asked = open({ ...state, extension: { by: frame.actor, newDueOn, late, dutyId } }, at, {
        id: numbered(state, 'extensionDecision'),
        kind: 'extensionDecision',
        holder: 'inspectionOffice',
        due: { term: 'extensionDecision', from: today },
      });
      return late ? asked : change(asked, dutyId, { stoppedAt: at });
    }
    case 'extensionDecided': {
      const dutyId = state.extension?.dutyId ?? '';
      const decided = close({ ...state, extension: null }, at, 'extensionDecided', ofKind('extensionDecision'));
      if (!event.granted) return change(decided, dutyId, { stoppedAt: null });
      const moved = close({ ...decided, extensions: state.extensions + 1, dueOn: event.newDueOn }, at, 'extensionGranted', (duty) => duty.id === dutyId);
      return openRectify(moved, at, { named: event.newDueOn }, state.duties.find((duty) => duty.id === dutyId)?.ladder === 'relapse' ? 'relapse' : 'rectify');
    }
    case 'closeoutRequested': {
      const requested = close(
        { ...state, phase: 'closeoutRequested', closeoutRequestedBy: frame.actor, extension: null },
        at,
        'closeoutRequested',
        ofKind('rectify', 'extensionDecision'),
      );
      return openCheckBack(requested, at);
    }
    case 'checkBackPlanned':
      return { ...state, phase: 'checkBack', checkBackMode: event.mode, checkers: event.checkers };
    case 'checkBackPassed': {
      const passed = close(
        { ...state, phase: 'underReview', reviews: [], reviewParties: event.reviewParties },
        at,
        'checkBackPassed',
        ofKind('checkBack'),
      );
      return event.reviewParties.reduce(
        (issue, party) =>
          open(issue, at, {
            id: `review:${party}#${state.returns + state.relapses + 1}`,
            kind: 'review',
            holder: party,
            due: { term: 'review', from: today },
          }),
        passed,
      );
    }
    case 'returned': {
      const back = close(
        { ...state, phase: 'rectifying', returns: state.returns + 1, reviews: [], checkers: [], checkBackMode: null },
        at,
        'returned',
        ofKind('checkBack', 'review'),
      );
      const owed = openRectify(back, at, { term: 'redo', from: today }, state.relapses > 0 ? 'relapse' : 'rectify');
      return owed.assignment ? owed : openAssign({ ...owed, phase: 'registered' }, at);
    }
    case 'reviewed': {
      const opinion = { party: event.party, by: frame.actor, verdict: event.verdict };
      return close(
        { ...state, reviews: [...state.reviews, opinion] },
        at,
        'reviewed',
        (duty) => duty.kind === 'review' && duty.holder === event.party,
      );
    }
    case 'closed': {
      const closed = close(
        { ...state, phase: 'closed', closeoutNumber: event.closeoutNumber, closedOn: event.closedOn },
        at,
        'closed',
        ofKind('review', 'checkBack', 'planReview', 'rectify', 'assign', 'signPaper', 'reply'),
      );
      return open(closed, at, {
        id: numbered(closed, 'checkBackDraw'),
        kind: 'checkBackDraw',
        holder: 'inspectionOffice',
        due: { term: 'checkBackDraw', from: event.closedOn },
      });
    }
    case 'afterCheckBackPlanned': {
      const drawn = close({ ...state, phase: 'afterCheckBack', checkers: event.checkers }, at, 'afterCheckBackPlanned', ofKind('checkBackDraw'));
      return open(drawn, at, {
        id: numbered(drawn, 'afterCheckBack'),
        kind: 'afterCheckBack',
        holder: 'inspectionOffice',
        due: { term: 'afterCheckBack', from: today },
      });
    }
    case 'consolidated':
      return close({ ...state, phase: 'consolidated' }, at, 'consolidated', () => true);
    case 'relapsed': {
      const relapsed = close(
        { ...state, phase: 'rectifying', relapses: state.relapses + 1, measures: state.measures.map((m) => ({ ...m, completedAt: null })) },
        at,
        'relapsed',
        ofKind('afterCheckBack'),
      );
      const owed = openRectify(relapsed, at, { term: 'relapseRedo', from: today }, 'relapse');
      return owed.assignment ? owed : openAssign({ ...owed, phase: 'registered' }, at);
    }
    case 'rungFired': {
      const fired = markFired(state, event.dutyId, [event], 'fired');
      if (!event.paper) return fired;
      const paper: Paper = { ...event.paper, state: 'draft', number: null, signedOn: null };
      return open({ ...fired, papers: [...fired.papers, paper] }, at, {
        id: `signPaper:${paper.id}`,
        kind: 'signPaper',
        holder: paper.issuer,
        due: { term: 'signPaper', from: today },
      });
    }
    case 'rungsSuperseded':
      return markFired(state, event.dutyId, event.rungs, 'superseded');
    case 'paperSigned': {
      const signed = changePaper(state, event.paperId, { state: 'issued', number: event.number, signedOn: event.signedOn });
      const paper = state.papers.find(({ id }) => id === event.paperId);
      const settled = close(signed, at, 'paperSigned', (duty) => duty.id === `signPaper:${event.paperId}`);
      if (!paper) return settled;
      return open(settled, at, {
        id: `reply:${event.paperId}`,
        kind: 'reply',
        holder: paper.addressee,
        due: { workdays: paper.replyWorkdays, from: event.signedOn },
      });
    }
    case 'paperReplied':
      return close(changePaper(state, event.paperId, { state: 'replied' }), at, 'paperReplied', (duty) => duty.id === `reply:${event.paperId}`);
    default:
      return unreachable(event);
  }
}

function openAssign(state: IssueState, at: Instant): IssueState {
  return open(state, at, { id: numbered(state, 'assign'), kind: 'assign', holder: 'rectificationOffice', due: { term: 'assign', from: dateOf(at) } });
}

function openPlan(state: IssueState, at: Instant, due: DueBasis): IssueState {
  return open(state, at, { id: numbered(state, 'plan'), kind: 'plan', holder: 'unitHead', due });
}

function openApproval(state: IssueState, at: Instant, holder: Role): IssueState {
  return open(state, at, { id: numbered(state, 'planApproval'), kind: 'planApproval', holder, due: { term: 'planApproval', from: dateOf(at) } });
}

function openCheckBack(state: IssueState, at: Instant): IssueState {
  return open(state, at, {
    id: numbered(state, 'checkBack'),
    kind: 'checkBack',
    holder: 'rectificationOffice',
    due: { term: 'checkBack', from: dateOf(at) },
  });
}

function markFired(
  state: IssueState,
  dutyId: string,
  rungs: readonly { readonly rung: string; readonly occurrence: number }[],
  how: 'fired' | 'superseded',
): IssueState {
  const marks = Object.fromEntries(rungs.map(({ rung, occurrence }) => [rungKey(rung, occurrence), how]));
  return {
    ...state,
    duties: state.duties.map((duty) => (duty.id === dutyId ? { ...duty, fired: { ...duty.fired, ...marks } } : duty)),
  };
}
