import type { ContentRef } from '../content';
import type { PaperKind } from '../policy/policy';
import type { Role } from '../roles';
import type { LocalDate } from '../time';
import type { HandlingKind, MoneyItem, PublicStatus } from './records';
import type { CheckBackMode } from './types';

/** A measure as a plan proposes it. */
export interface ProposedMeasure {
  readonly unitId: string;
  readonly text: ContentRef;
  readonly dueOn: LocalDate | null;
  readonly sustained: boolean;
  readonly holderId?: string;
  readonly milestones?: readonly { readonly label: string; readonly dueOn: LocalDate }[];
  /** The due phrase as the plan words it, kept verbatim. */
  readonly dueRaw?: string;
}

/** What a person asks for. Free text is already sealed as content; who asks stands in the context. */
export type IssueCommand =
  | {
      readonly type: 'assign';
      readonly leadUnitId: string;
      readonly leadLeaderId: string;
      readonly leaderInChargeId?: string;
      readonly handlerId?: string;
      readonly coUnitIds?: readonly string[];
    }
  | { readonly type: 'acknowledge' }
  | {
      readonly type: 'proposePlan';
      readonly measures: readonly ProposedMeasure[];
      /** 原因分析 */
      readonly rootCause?: ContentRef;
      /** 举一反三 */
      readonly widerCheck?: ContentRef;
    }
  | { readonly type: 'approvePlan'; readonly opinion?: ContentRef }
  | { readonly type: 'returnPlan'; readonly opinion: ContentRef }
  | { readonly type: 'reviewPlan'; readonly verdict: 'approved' | 'returned'; readonly opinion?: ContentRef }
  | { readonly type: 'reportProgress'; readonly progress: ContentRef }
  | { readonly type: 'completeMeasure'; readonly measureId: string; readonly evidence: ContentRef }
  | { readonly type: 'completeMilestone'; readonly measureId: string; readonly milestoneId: string; readonly evidence: ContentRef }
  | {
      readonly type: 'requestExtension';
      readonly newDueOn: LocalDate;
      readonly reason: ContentRef;
      readonly progress: ContentRef;
      /** A measure's own day within the issue's; without it, the issue's day. */
      readonly measureId?: string;
    }
  | { readonly type: 'decideExtension'; readonly granted: boolean; readonly opinion?: ContentRef }
  | { readonly type: 'requestCloseout'; readonly summary?: ContentRef }
  | { readonly type: 'planCheckBack'; readonly checkers: readonly string[]; readonly mode?: CheckBackMode; readonly seed?: string }
  | { readonly type: 'recordCheckBack'; readonly result: 'passed' | 'returned' | 'consolidated' | 'relapsed'; readonly seen: ContentRef }
  | { readonly type: 'review'; readonly verdict: 'approved' | 'returned'; readonly opinion?: ContentRef; readonly party?: Role }
  | { readonly type: 'drawCheckBack'; readonly seed: string; readonly checkers: readonly string[]; readonly chosen?: boolean }
  | { readonly type: 'acceptReported' }
  /** `letterId`: papers signed with the same one become one letter, as far as they can (ledger/letter-signing.ts). */
  | { readonly type: 'signPaper'; readonly paperId: string; readonly letterId?: string }
  | { readonly type: 'replyToPaper'; readonly paperId: string; readonly reply: ContentRef }
  | { readonly type: 'comment'; readonly note: ContentRef }
  | { readonly type: 'amend'; readonly title?: ContentRef; readonly text?: ContentRef; readonly reason: ContentRef }
  | { readonly type: 'linkRecurrence'; readonly recursOf: readonly string[]; readonly reason: ContentRef }
  | { readonly type: 'shareRectification'; readonly sharedWith: readonly string[] }
  | { readonly type: 'recuse'; readonly personId: string; readonly reason: ContentRef }
  | { readonly type: 'handOver'; readonly role: NamedRole; readonly to: string; readonly reason: ContentRef }
  | { readonly type: 'void'; readonly reason: ContentRef }
  | {
      readonly type: 'split';
      readonly parts: readonly { readonly title: ContentRef; readonly text: ContentRef }[];
      readonly reason: ContentRef;
    }
  | { readonly type: 'merge'; readonly into: string; readonly reason: ContentRef }
  | {
      readonly type: 'reassign';
      readonly leadUnitId: string;
      readonly leadLeaderId: string;
      readonly leaderInChargeId?: string;
      readonly handlerId?: string;
      readonly coUnitIds?: readonly string[];
      readonly document: ContentRef;
      readonly reason: ContentRef;
    }
  | { readonly type: 'transferOut'; readonly receiver: ContentRef; readonly document: ContentRef; readonly reason: ContentRef }
  | { readonly type: 'confirmCorrection'; readonly granted: boolean; readonly opinion?: ContentRef }
  | { readonly type: 'suspend'; readonly reason: ContentRef; readonly document: ContentRef; readonly reviewOn: LocalDate }
  | { readonly type: 'reviewSuspension'; readonly reviewOn: LocalDate; readonly opinion: ContentRef }
  | { readonly type: 'resume'; readonly reason: ContentRef; readonly newDueOn?: LocalDate }
  | { readonly type: 'withdraw'; readonly reason: ContentRef; readonly document: ContentRef }
  | { readonly type: 'reopen'; readonly reason: ContentRef; readonly document: ContentRef }
  | {
      readonly type: 'requestCoordination';
      readonly coordinator: Role;
      /** What is asked. */
      readonly asked: ContentRef;
      /** What the unit has done of its own share. */
      readonly ownShare: ContentRef;
    }
  | { readonly type: 'decideCoordination'; readonly accepted: boolean; readonly answerBy?: LocalDate; readonly opinion?: ContentRef }
  | { readonly type: 'noteCoordination'; readonly progress: ContentRef }
  | { readonly type: 'answerCoordination'; readonly answer: ContentRef; readonly newDueOn?: LocalDate }
  | { readonly type: 'escalate'; readonly kind: HandPaper; readonly reason: ContentRef; readonly urgent?: boolean }
  | {
      readonly type: 'decideTalk';
      readonly hold: boolean;
      readonly reason: ContentRef;
      /** When and where, when it is held. */
      readonly talkOn?: LocalDate;
      readonly place?: ContentRef;
    }
  | { readonly type: 'holdPaper'; readonly paperId: string; readonly reason: ContentRef; readonly until: LocalDate }
  | { readonly type: 'declinePaper'; readonly paperId: string; readonly reason: ContentRef }
  | { readonly type: 'reviewStage'; readonly verdict: 'kept' | 'returned'; readonly opinion: ContentRef }
  | { readonly type: 'confirmUpkeep'; readonly progress: ContentRef }
  | {
      readonly type: 'recordHandling';
      readonly kind: HandlingKind;
      readonly persons: number;
      readonly personTimes: number;
      readonly rank?: string;
      readonly names?: ContentRef;
      readonly document?: ContentRef;
    }
  | ({ readonly type: 'recordMoney' } & Omit<MoneyItem, 'id'>)
  | ({ readonly type: 'correctMoney'; readonly itemId: string; readonly reason: ContentRef } & Omit<MoneyItem, 'id'>)
  | { readonly type: 'recordRule'; readonly name: ContentRef; readonly number?: string; readonly madeOn: LocalDate }
  | { readonly type: 'setPublicStatus'; readonly status: PublicStatus; readonly on: LocalDate; readonly reason?: ContentRef }
  | { readonly type: 'editImplementation'; readonly text: ContentRef };

/** Papers that an office drafts by hand: all but the notice of a talk, which the decision to hold it drafts. */
export type HandPaper = Exclude<PaperKind, 'talkNotice'>;

/** Roles that an assignment gives to a person by name. */
export type NamedRole = 'leadLeader' | 'leaderInCharge' | 'handler';

export type CommandType = IssueCommand['type'];
