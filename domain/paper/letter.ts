import { addWorkdays, workdaysBetween, type WorkCalendar } from '../calendar';
import type { RuleContext } from '../context';
import { phaseLabels, type IssueState } from '../issue/types';
import { obligationOf } from '../obligation/obligations';
import type { Paper } from '../obligation/types';
import { holders, personOf, unitOf } from '../parties';
import { paperLabels } from '../policy/policy';
import { roles, type Role } from '../roles';
import type { LocalDate } from '../time';
import { letterBasis } from './letter-basis';
import { letterLines } from './letter-lines';
import { consequences, factsOf, letterTitles, requirementOf, type LetterKind } from './letter-words';
import { officeName } from './office-name';
import { sheetFields, type ProposalTerms, type SheetField, type TalkTerms } from './sheet-fields';

/** One matter of a letter: a row of its list. */
export interface Matter {
  /** The number it has in the ledger: `R1-001`. */
  readonly reference: string;
  readonly title: string;
  /** The lead unit; empty while nobody is charged with it, and in a list of a handover. */
  readonly unit: string;
  readonly dueOn: LocalDate;
  /** Workdays past the due day on the day of the letter; 0: not overdue. */
  readonly overdueWorkdays: number;
  /** 中文 of the phase; empty in a list of a handover. */
  readonly phase: string;
  readonly relapses: number;
  /** What was sent about it before, by kind and number: `提醒函〔2026〕3号`. */
  readonly earlierPapers: readonly string[];
}

/**
 * A directed paper as values, in the order in which an office reads it: number, title, addressee, basis, facts, matters, requirement,
 * consequence, contact, who signs, when, copies. Several matters of one addressee stand in one letter (combined-letter.ts).
 */
export interface Letter {
  readonly kind: LetterKind;
  readonly title: string;
  /** `〔2026〕3号`; null in a draft. */
  readonly number: string | null;
  readonly addressee: string;
  readonly copies: readonly string[];
  /** What it rests on; empty for a paper that orders nothing. */
  readonly basis: readonly string[];
  readonly facts: string;
  readonly matters: readonly Matter[];
  readonly requirement: string;
  /** By when it is answered; null in a draft, whose term counts from the signing. */
  readonly replyBy: LocalDate | null;
  /** The term of the answer in workdays from the signing; null when the letter names a day of its own. */
  readonly replyWorkdays: number | null;
  readonly consequence: string | null;
  readonly contact: string | null;
  /** As it signs: `整改办`. */
  readonly issuer: string;
  /** As its red head names it in full (office-name.ts). */
  readonly office: string;
  /** The day as of which the facts are stated: of a signed letter the day of signing 成文日期. */
  readonly asOf: LocalDate;
  readonly signedOn: LocalDate | null;
  /** The cells of a sheet (约谈通知书, 问责建议书); empty for letters in prose. */
  readonly fields: readonly SheetField[];
}

/** What only the caller knows: the finding's title, whom to ask, what was arranged or proposed. */
interface SubjectWords {
  readonly title: string;
  /** Name and telephone of whom to ask. */
  readonly contact?: string;
  readonly talk?: TalkTerms;
  readonly proposal?: ProposalTerms;
}

/** What a signed letter says of the issue besides its state. */
export interface LetterSubject extends SubjectWords {
  readonly number: string;
  readonly signedOn: LocalDate;
}

/** What a draft says of it: no number, no day of signing; the facts are stated as of a day. */
export interface DraftSubject extends SubjectWords {
  readonly asOf: LocalDate;
}

/**
 * The text of a paper as it is signed: title, number, addressee, basis, facts, requirement with a last day, who signs, copies.
 * Fields after the customary papers of the field: a 提醒函 asks and orders nothing; a 督办通知单 requires by a day; a 告诫书
 * names what was missed, a last day and what follows. The number stands without padding, dates in Arabic figures (GB/T 9704).
 */
export const letterText = (state: IssueState, paper: Paper, subject: LetterSubject, context: RuleContext): string =>
  letterLines(letterOf(state, paper, subject, context)).join('\n');

/** A paper about one issue as a letter; with a `DraftSubject` as a draft. Roles are resolved as of the day of the letter. */
export function letterOf(state: IssueState, paper: Paper, subject: LetterSubject | DraftSubject, context: RuleContext): Letter {
  const { number, signedOn, asOf } =
    'number' in subject ? { ...subject, asOf: subject.signedOn } : { ...subject, number: null, signedOn: null };
  const { kind, replyWorkdays } = paper;
  const { contact = null } = subject;
  const matter = matterOf(state, paper, { title: subject.title, asOf }, context);
  const basis = letterBasis(kind, context.policy.source).map(({ text }) => text);
  const facts = factsOf([matter], asOf);
  const addressee = addressed(paper.addressee, state, context, asOf);
  const issuer = roles[paper.issuer];
  const replyBy = signedOn === null ? null : lastDay(paper, signedOn, context.calendar);
  return {
    kind,
    title: letterTitles[kind],
    number,
    addressee,
    copies: paper.copyTo.map((role) => addressed(role, state, context, asOf)),
    basis,
    facts,
    matters: [matter],
    requirement: requirementOf(kind, { replyBy, replyWorkdays }, 1),
    replyBy,
    replyWorkdays: paper.replyOn === undefined ? replyWorkdays : null,
    consequence: consequences[kind] ?? null,
    // a notice of a talk names whom to ask in its cell
    contact: kind === 'talkNotice' ? null : contact,
    issuer,
    office: officeName(paper.issuer, state, context.directory, asOf),
    asOf,
    signedOn,
    fields: sheetFields(kind, { addressee, issuer, basis, facts, unit: matter.unit, contact, replyOn: paper.replyOn ?? null }, subject),
  };
}

function matterOf(
  state: IssueState,
  paper: Paper,
  { title, asOf }: { readonly title: string; readonly asOf: LocalDate },
  context: RuleContext,
): Matter {
  const rectify = state.duties.findLast((duty) => duty.kind === 'rectify');
  const dueOn = rectify ? obligationOf(rectify, context).dueOn : asOf;
  return {
    reference: state.id,
    title,
    unit: state.assignment ? (unitOf(context.directory, state.assignment.leadUnitId)?.name ?? '') : '',
    dueOn,
    overdueWorkdays: Math.max(0, workdaysBetween(context.calendar, dueOn, asOf)),
    phase: phaseLabels[state.phase],
    relapses: state.relapses,
    earlierPapers: earlier(state, paper, asOf),
  };
}

/** The day on which the ledger expects the answer: the one the paper names, unless it was signed after it, else its term. */
function lastDay({ replyOn, replyWorkdays }: Paper, signedOn: LocalDate, calendar: WorkCalendar): LocalDate {
  return replyOn !== undefined && replyOn >= signedOn ? replyOn : addWorkdays(calendar, signedOn, replyWorkdays);
}

/** The papers that went out before, so that a letter written again later says the same. */
const earlier = ({ papers }: IssueState, { id }: Paper, asOf: LocalDate): string[] =>
  papers.flatMap((paper) =>
    paper.number !== null && paper.id !== id && (paper.signedOn ?? asOf) <= asOf ? [`${paperLabels[paper.kind]}${paper.number}`] : [],
  );

/** `闻静秋（牵头领导）`; the role alone when nobody holds it. */
function addressed(role: Role, state: IssueState, { directory }: RuleContext, on: LocalDate): string {
  const names = holders(directory, state, role, on).map((id) => personOf(directory, id)?.name ?? id);
  return names.length > 0 ? `${names.join('、')}（${roles[role]}）` : roles[role];
}
