import type { DeadlineClass } from '../deadline-class';
import { deadlineClassLabels } from '../deadline-class';
import { phaseLabels, type IssueState, type Phase } from '../issue/types';
import type { LocalDate } from '../time';
import { classOf, sustainedToo } from './limit';
import { headOf, inOrder, textOf, type ListContext, type RowHead } from './listing';

/** A row of 问题清单: what was found, of which class, where it stands. */
export interface IssueRow extends RowHead {
  /** 具体表现, as the feedback words it. */
  readonly text: string;
  readonly rootCause: string;
  readonly widerCheck: string;
  readonly class: DeadlineClass | null;
  readonly classLabel: string;
  /** 长期坚持, alone or beside a limit. */
  readonly sustained: boolean;
  readonly feedbackOn: LocalDate;
  readonly phase: Phase;
  readonly phaseLabel: string;
  /** Earlier findings that it repeats 屡改屡犯. */
  readonly recursOf: readonly string[];
  /** The issues that stand for it since it was split or merged. */
  readonly replacedBy: readonly string[];
}

/** 问题清单 (forms.md, section 2): every finding, with those that are void, withdrawn or handed over; their phase says so. */
export const issueList = (issues: readonly IssueState[], context: ListContext): readonly IssueRow[] =>
  inOrder(issues).map((state) => {
    const ofClass = classOf(state);
    return {
      ...headOf(state, context),
      text: textOf(state, state.text, context),
      rootCause: textOf(state, state.rootCause, context),
      widerCheck: textOf(state, state.widerCheck, context),
      class: ofClass,
      classLabel: ofClass === null ? '' : deadlineClassLabels[ofClass],
      sustained: sustainedToo(state),
      feedbackOn: state.feedbackOn,
      phase: state.phase,
      phaseLabel: phaseLabels[state.phase],
      recursOf: state.recursOf,
      replacedBy: state.replacedBy,
    };
  });
