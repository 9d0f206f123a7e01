import { deadlineClassLabels } from '../domain/deadline-class';
import { standingLabels } from '../domain/lists/counts';
import type { IssueRow } from '../domain/lists/issue-list';
import type { LedgerRow } from '../domain/lists/ledger-rows';
import type { Named } from '../domain/lists/listing';
import type { ResponsibilityRow } from '../domain/lists/responsibility-list';
import type { MeasureRow, UnitTasks } from '../domain/lists/task-list';
import type { Tone } from '../domain/policy/policy';
import type { LocalDate } from '../domain/time';
import { writeOfficialWorkbook, type OfficialSheet, type SheetValue } from './official-workbook';

/** The three lists and the ledger of a round, as of a day. */
export interface ListsOfRound {
  readonly round: { readonly name: string; readonly organisation: string | null };
  readonly asOf: LocalDate;
  readonly issues: readonly IssueRow[];
  readonly tasks: readonly UnitTasks[];
  readonly responsibilities: readonly ResponsibilityRow[];
  readonly ledger: readonly LedgerRow[];
  /** The colour that an issue's ladder has reached. */
  readonly toneOf: (issueId: string) => Tone;
}

/**
 * 问题清单, 任务清单, 责任清单 and 整改台账 as one workbook (columns after forms.md, section 2): days are days, rows carry the colour of their
 * ladder, the ledger prints on A3. Read back by intake it is the same ledger.
 */
export const listsWorkbook = (lists: ListsOfRound): Promise<Buffer> =>
  writeOfficialWorkbook([issueSheet(lists), taskSheet(lists), responsibilitySheet(lists), ledgerSheet(lists)]);

type Columns<R> = readonly (readonly [title: string, width: number, value: (row: R) => SheetValue])[];

function sheetOf<R extends { readonly issueId: string }>(
  { round, asOf, toneOf }: ListsOfRound,
  name: string,
  { paper, columns, rows }: { paper: OfficialSheet['paper']; columns: Columns<R>; rows: readonly R[] },
): OfficialSheet {
  return {
    name,
    title: `${round.name.replace(/整改$/u, '')}${name.startsWith('整改') ? name : `整改${name}`}`,
    note: `${round.organisation === null ? '' : `整改单位：${round.organisation}　`}截至${asOf}　共${rows.length}项`,
    paper,
    columns: columns.map(([title, width]) => ({ title, width })),
    rows: rows.map((row) => ({ tone: toneOf(row.issueId), cells: columns.map(([, , value]) => value(row)) })),
  };
}

const names = (some: readonly Named[]): string => some.map(({ name }) => name).join('、');
const yes = (is: boolean): string => (is ? '是' : '否');
const limitOf = ({ dueOn, dueRaw, sustained }: Pick<MeasureRow, 'dueOn' | 'dueRaw' | 'sustained'>): SheetValue =>
  dueOn === null ? (dueRaw ?? (sustained ? deadlineClassLabels.sustained : '')) : { day: dueOn };

const issueSheet = (lists: ListsOfRound): OfficialSheet =>
  sheetOf<IssueRow>(lists, '问题清单', {
    paper: 'A4',
    rows: lists.issues,
    columns: [
      ['序号', 6, ({ number }) => number],
      ['问题编号', 11, ({ issueId }) => issueId],
      ['方面', 20, ({ aspect }) => aspect ?? ''],
      ['反馈问题', 40, ({ title }) => title],
      ['时限类别', 12, ({ classLabel }) => classLabel],
      ['原因分析', 36, ({ rootCause }) => rootCause],
      ['反馈时间', 12, ({ feedbackOn }) => ({ day: feedbackOn })],
      ['办理环节', 12, ({ phaseLabel }) => phaseLabel],
    ],
  });

const taskSheet = (lists: ListsOfRound): OfficialSheet =>
  sheetOf(lists, '任务清单', {
    paper: 'A4',
    rows: lists.tasks.flatMap(({ unit, tasks }) => tasks.map((task) => ({ ...task, unitName: unit.name }))),
    columns: [
      ['责任单位', 18, ({ unitName }) => unitName],
      ['问题编号', 11, ({ issueId }) => issueId],
      ['反馈问题', 34, ({ title }) => title],
      ['措施编号', 9, ({ measureId }) => measureId],
      ['整改措施', 44, ({ text }) => text],
      ['责任人', 12, ({ holders }) => names(holders)],
      ['完成时限', 12, limitOf],
      ['完成日期', 12, ({ completedOn }) => ({ day: completedOn })],
    ],
  });

const responsibilitySheet = (lists: ListsOfRound): OfficialSheet =>
  sheetOf<ResponsibilityRow>(lists, '责任清单', {
    paper: 'A4',
    rows: lists.responsibilities,
    columns: [
      ['序号', 6, ({ number }) => number],
      ['问题编号', 11, ({ issueId }) => issueId],
      ['反馈问题', 40, ({ title }) => title],
      ['第一责任人', 12, ({ firstResponsible }) => names(firstResponsible)],
      ['牵头领导', 12, ({ leadLeader }) => names(leadLeader)],
      ['主办单位', 18, ({ leadUnit }) => leadUnit?.name ?? ''],
      ['责任人', 12, ({ handler }) => names(handler)],
      ['协办单位', 24, ({ coUnits }) => coUnits.map(({ unit }) => unit.name).join('、')],
    ],
  });

const ledgerSheet = (lists: ListsOfRound): OfficialSheet =>
  sheetOf<LedgerRow>(lists, '整改台账', {
    paper: 'A3',
    rows: lists.ledger,
    columns: [
      ['序号', 6, ({ number }) => number],
      ['问题编号', 11, ({ issueId }) => issueId],
      ['反馈问题', 36, ({ title }) => title],
      [
        '整改措施',
        44,
        ({ measures }) => measures.map(({ text }, index) => (measures.length > 1 ? `${index + 1}.${text}` : text)).join('\n'),
      ],
      ['牵头领导', 11, ({ leadLeader }) => names(leadLeader)],
      ['责任单位', 16, ({ leadUnit }) => leadUnit?.name ?? ''],
      ['责任人', 11, ({ handler }) => names(handler)],
      [
        '整改时限',
        12,
        ({ dueOn, measures }) =>
          dueOn === null && measures.some(({ sustained }) => sustained) ? deadlineClassLabels.sustained : { day: dueOn },
      ],
      ['落实情况', 44, ({ implementation, progress }) => implementation.text || (progress?.text ?? '')],
      ['整改状态', 12, ({ standing, phaseLabel }) => (standing === null ? phaseLabel : standingLabels[standing])],
      ['是否完成', 9, ({ finished }) => yes(finished)],
      ['是否销号', 9, ({ struckOff }) => yes(struckOff)],
      ['销号编号', 14, ({ closeoutNumber }) => closeoutNumber ?? ''],
      ['销号日期', 12, ({ closedOn }) => ({ day: closedOn })],
      ['超期天数', 9, ({ overdueDays }) => (overdueDays > 0 ? overdueDays : '')],
      ['制度', 24, ({ newRules }) => newRules.map(({ name, number }) => (number === null ? name : `${name}（${number}）`)).join('、')],
    ],
  });
