import {
  handlingLabels,
  publicStatusLabels,
  type Handling,
  type HandlingKind,
  type MoneyItem,
  type PublicStatus,
} from '../domain/issue/records';
import { phaseLabels, type Phase, type ReportedStatus } from '../domain/issue/types';
import { isLocalDate, type LocalDate } from '../domain/time';
import type { DraftIssue } from './draft';
import { isRectification, labelsIn } from './labels';
import type { Titled } from './match-issues';

// What a newer report says of an issue, beside what the ledger knows. Each difference is a proposal when a command of the ledger can take
// it over, else it is told with the reason. A closeout is never proposed: what a report claims is not what is closed.

/** An issue of the round as the ledger knows it. */
export interface KnownIssue extends Titled {
  readonly phase: Phase;
  readonly dueOn: LocalDate | null;
  /** What the report that it was registered from claimed. */
  readonly reported: ReportedStatus | null;
  readonly publicStatus: { readonly status: PublicStatus; readonly on: LocalDate } | null;
  /** 落实情况 as the office wrote it; null: drafted from the measures. */
  readonly implementation: string | null;
  /** What the unit reported last. */
  readonly progress: string | null;
  readonly handling: readonly Pick<Handling, 'kind' | 'persons' | 'personTimes'>[];
  readonly money: readonly Omit<MoneyItem, 'id' | 'voucher'>[];
}

/** A newer report: its name, for the reasons, and the day as of which it speaks. */
export interface Report {
  readonly name: string;
  readonly on: LocalDate | null;
  /** Where its lines stand in the file, as the draft has it. */
  readonly places?: readonly (string | null)[] | undefined;
}

/** A command of domain/issue/commands.ts with its free text in the clear. */
export type ProposedCommand =
  | { readonly type: 'setPublicStatus'; readonly status: PublicStatus; readonly on: LocalDate }
  | { readonly type: 'reportProgress'; readonly progress: string }
  | { readonly type: 'editImplementation'; readonly text: string }
  | { readonly type: 'requestExtension'; readonly newDueOn: LocalDate; readonly reason: string; readonly progress: string }
  | { readonly type: 'recordHandling'; readonly kind: HandlingKind; readonly persons: number; readonly personTimes: number };

export type ProposalField = 'status' | 'progress' | 'implementation' | 'deadline' | 'handling' | 'money';

/** One difference. `from`: as the ledger has it; `to`: as the report says; `line`: where the report says it. */
interface Difference {
  readonly issueId: string;
  /** `status`, or `handling:诫勉` where an issue has several. */
  readonly field: ProposalField | `handling:${string}`;
  readonly from: string | null;
  readonly to: string;
  readonly line: number;
}

export interface Proposal extends Difference {
  readonly command: ProposedCommand;
}

/** A difference that no command can take over, and why (a sentence for a person). */
export interface Told extends Difference {
  readonly why: string;
}

export interface Proposals {
  readonly proposals: readonly Proposal[];
  readonly told: readonly Told[];
}

type Judged = Proposal | Told;

/** What the report says of one issue that the ledger does not have so; nothing of one that others stand for, or that is void. Pure. */
export function proposalsFor(known: KnownIssue, found: DraftIssue, report: Report): Proposals {
  if (known.phase === 'void' || known.phase === 'replaced') return { proposals: [], told: [] };
  const account = accountOf(found);
  const judged = [
    ...statusOf(known, found, report),
    ...progressOf(known, account),
    ...implementationOf(known, account),
    ...deadlineOf(known, found, { report, account }),
    ...handlingOf(known, found),
    ...moneyOf(known, found),
  ];
  return {
    proposals: judged.filter((one): one is Proposal => 'command' in one),
    told: judged.filter((one): one is Told => 'why' in one),
  };
}

/** What the ledger may say in public of a state that a report claims; 部分整改 is none of these. */
const publicOf: Readonly<Record<ReportedStatus, PublicStatus | null>> = {
  completed: 'completed',
  basically_completed: 'basicallyCompleted',
  stage_completed: 'stageCompleted',
  partially_rectified: null,
  in_progress: 'inProgress',
  not_completed: 'notCompleted',
};
const reportedWord = (status: ReportedStatus): string => {
  const said = publicOf[status];
  return said === null ? '部分整改' : publicStatusLabels[said];
};

function statusOf({ id, reported, publicStatus }: KnownIssue, { status }: DraftIssue, { on }: Report): Judged[] {
  if (status === null) return [];
  const said = publicOf[status.value];
  if (publicStatus === null ? reported === status.value : publicStatus.status === said) return [];
  const before = publicStatus === null ? (reported === null ? null : reportedWord(reported)) : publicStatusLabels[publicStatus.status];
  const difference = { issueId: id, field: 'status', from: before, to: reportedWord(status.value), line: status.line } as const;
  if (said === null) return [{ ...difference, why: '对外口径没有“部分整改”，请由整改办选定口径后办理（setPublicStatus）。' }];
  if (on === null) return [{ ...difference, why: '报告没有写明截至哪一天，请先用 draft edit 填写报告日期。' }];
  if (publicStatus !== null && on < publicStatus.on)
    return [{ ...difference, why: `已有截至${publicStatus.on}的口径，报告（${on}）比它早。` }];
  return [{ ...difference, command: { type: 'setPublicStatus', status: said, on } }];
}

/** What the report tells of the rectification: its measures one by one, else what stands below the finding. */
interface AccountText {
  readonly text: string;
  readonly line: number;
}

function accountOf({ measures, text, line }: DraftIssue): AccountText | null {
  const [first] = measures;
  if (first !== undefined) return { text: measures.map((one) => `${one.no}.${one.text.trim()}`).join('\n'), line: first.line };
  const told = text.split('\n').slice(1).join('\n').trim();
  const [label] = labelsIn(told);
  const below = label?.at === 0 && isRectification(label.kind) ? told.slice(label.contentAt) : told;
  return below === '' ? null : { text: below, line };
}

function progressOf({ id, phase, progress }: KnownIssue, account: AccountText | null): Judged[] {
  if (account === null || sameText(progress, account.text)) return [];
  const difference = { issueId: id, field: 'progress', from: progress, to: account.text, line: account.line } as const;
  return [
    phase === 'rectifying'
      ? { ...difference, command: { type: 'reportProgress', progress: account.text } }
      : { ...difference, why: `该问题处于“${phaseLabels[phase]}”，只有整改中的问题填报进展。` },
  ];
}

function implementationOf({ id, implementation }: KnownIssue, account: AccountText | null): Judged[] {
  if (account === null || sameText(implementation, account.text)) return [];
  const { text, line } = account;
  return [{ issueId: id, field: 'implementation', from: implementation, to: text, line, command: { type: 'editImplementation', text } }];
}

/** Only a later day can be asked for, and only while the issue is worked on (domain/issue/decide-extension.ts). */
function deadlineOf(
  { id, phase, dueOn }: KnownIssue,
  { deadline }: DraftIssue,
  { report, account }: { readonly report: Report; readonly account: AccountText | null },
): Judged[] {
  if (deadline === null || (dueOn !== null && deadline.due === dueOn)) return [];
  const { due, raw, line } = deadline;
  const words = raw === '' ? (due ?? '') : raw;
  const difference = { issueId: id, field: 'deadline', from: dueOn, to: words === '' ? '未写明' : words, line } as const;
  if (dueOn === null) return [{ ...difference, why: '该问题还没有批准的时限，请随整改措施报送。' }];
  if (due === null || !isLocalDate(due)) return [{ ...difference, why: '报告的时限没有写到哪一天，请核对。' }];
  if (due < dueOn) return [{ ...difference, why: '期限不能提前，请核对报告。' }];
  if (phase !== 'rectifying') return [{ ...difference, why: `该问题处于“${phaseLabels[phase]}”，只有整改中的问题可以申请延期。` }];
  const reason = `${report.name}${report.places?.[line - 1] ?? `第${line}行`}写明时限：${words}`;
  return [{ ...difference, command: { type: 'requestExtension', newDueOn: due, reason, progress: account?.text ?? words } }];
}

const kindOf = (label: string): HandlingKind | null =>
  (Object.keys(handlingLabels) as HandlingKind[]).find((kind) => handlingLabels[kind] === label) ?? null;

/** 人 and 人次 are both entered, never derived; a kind that is told several times or by one of them only is left to a person. */
function handlingOf({ id, handling }: KnownIssue, found: DraftIssue): Judged[] {
  const labels = [...new Set(found.handling.map(({ kind }) => kind))];
  return labels.flatMap((label): Judged[] => {
    const mentions = found.handling.filter(({ kind }) => kind === label);
    const kind = kindOf(label);
    const recorded = handling.filter((one) => one.kind === kind);
    const sums = { 人: sum(recorded.map((one) => one.persons)), 人次: sum(recorded.map((one) => one.personTimes)) };
    if (recorded.length > 0 && mentions.every(({ count, unit }) => sums[unit] === count)) return [];
    const difference = {
      issueId: id,
      field: `handling:${label}`,
      from: recorded.length === 0 ? null : `${sums.人}人、${sums.人次}人次`,
      to: mentions.map(({ count, unit }) => `${count}${unit}`).join('、'),
      line: mentions[0]?.line ?? found.line,
    } as const;
    const [persons, ...morePersons] = mentions.filter(({ unit }) => unit === '人');
    const [times, ...moreTimes] = mentions.filter(({ unit }) => unit === '人次');
    if (kind === null) return [{ ...difference, why: '台账没有这一处理种类，请由整改办选定种类后登记（recordHandling）。' }];
    if (recorded.length > 0) return [{ ...difference, why: '已有登记，再登记会累加，请核对后补登差额（recordHandling）。' }];
    if (persons === undefined || times === undefined || morePersons.length + moreTimes.length > 0)
      return [{ ...difference, why: '人数和人次须各有一个，报告没有这样写，请核对后登记（recordHandling）。' }];
    return [{ ...difference, command: { type: 'recordHandling', kind, persons: persons.count, personTimes: times.count } }];
  });
}

const FEN = 100;

/** A sum needs a voucher and its parts, which no report has. */
function moneyOf({ id, money }: KnownIssue, found: DraftIssue): Judged[] {
  const recorded = new Set(money.flatMap((item) => Object.values(item)));
  return found.money
    .filter(({ amountYuan }) => amountYuan > 0 && !recorded.has(Math.round(amountYuan * FEN)))
    .map(({ raw, role, line }) => ({
      issueId: id,
      field: 'money',
      from: null,
      to: role === null ? raw : `${raw}（${role}）`,
      line,
      why: '资金须凭凭证、按去向登记，请由整改办办理（recordMoney、correctMoney）。',
    }));
}

const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
const sameText = (a: string | null, b: string): boolean => a !== null && a.replace(/\s+/g, '') === b.replace(/\s+/g, '');
