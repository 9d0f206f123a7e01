import type { DecisionContext } from '../context';
import type { Duty } from '../obligation/types';
import { dutyHolders, holders, mayDo, type Owed } from '../parties';
import type { Role } from '../roles';
import { dateOf } from '../time';
import type { IssueState } from './types';

/**
 * The parties of the joint review 联审, in the policy's order: those that somebody can speak for. A party nobody holds passes to
 * the inspection office, which reviews in any case if nobody else does.
 */
export function reviewPartiesOf(state: IssueState, { policy, directory, now }: DecisionContext): Role[] {
  const held = policy.reviewParties.value.map((party): Role =>
    holders(directory, state, party, dateOf(now)).length > 0 ? party : 'inspectionOffice',
  );
  return held.length > 0 ? [...new Set(held)] : ['inspectionOffice'];
}

/** What opens a joint review says of it: who reviews, and `inOrder` when one after the other. */
export function jointReview(state: IssueState, context: DecisionContext): { reviewParties: Role[]; inOrder?: true } {
  const reviewParties = reviewPartiesOf(state, context);
  return context.policy.reviewOrder.value === 'inOrder' ? { reviewParties, inOrder: true } : { reviewParties };
}

/** Who may not speak for a party any more: who requested the closeout, and who has spoken for another party. */
export const keptFromReview = ({ closeoutRequestedBy, reviews }: IssueState): string[] => [
  ...(closeoutRequestedBy === null ? [] : [closeoutRequestedBy]),
  ...reviews.map(({ by }) => by),
];

/** The parties that have given no opinion yet, in order. */
export const unheard = ({ reviewParties, reviews }: IssueState): Role[] =>
  reviewParties.filter((party) => !reviews.some((review) => review.party === party));

/** The opinions that are owed now: of all parties that are unheard, or in order of the first one. */
export const openReviews = (state: IssueState): Duty[] =>
  state.duties.filter(({ kind, closedAt }) => kind === 'review' && closedAt === null);

/** A party's opinion as it will be owed when its turn comes. */
export const reviewOf = (state: IssueState, party: Role): Owed => ({ kind: 'review', holder: party, except: keptFromReview(state) });

/** The party for which somebody speaks: of several the own one before one that only passed on to them. */
export function partyOf(state: IssueState, { directory, actor, now }: DecisionContext, named?: Role): Role | undefined {
  const on = dateOf(now);
  const theirs = openReviews(state)
    .filter(({ holder }) => named === undefined || named === holder)
    .filter((duty) => mayDo(directory, state, duty, { actor, on }));
  return (theirs.find((duty) => !dutyHolders(directory, state, duty, on).passedOn) ?? theirs[0])?.holder;
}

/** The other parties whose opinion passes on because this person speaks for `party`: nobody is left who could speak for them. */
export function passingOn(state: IssueState, { directory, actor, now }: DecisionContext, party: Role): Role[] {
  const roleOf = (duty: Owed): Role => dutyHolders(directory, state, duty, dateOf(now)).role;
  return openReviews(state)
    .filter(({ holder }) => holder !== party)
    .filter((duty) => roleOf(duty) !== roleOf({ ...duty, except: [...(duty.except ?? []), actor] }))
    .map(({ holder }) => holder);
}
