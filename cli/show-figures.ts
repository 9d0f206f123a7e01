import { everyLabels } from '../domain/policy/explain';
import type { SlotState } from '../domain/round/figures-period';
import type { FigureRow } from '../domain/round/figures-table';
import type { CadenceSheet } from '../ledger/cadence-figures';
import type { Named } from '../ledger/names';
import { print, printTable } from './output';
import type { Cell, Column } from './table';
import { dueText } from './words';

/** A table of the sheet: on screen as it stands, in the workbook a sheet of its own. */
export interface FiguresTable {
  readonly title: string;
  /** `width` in characters of the default font, for the workbook. */
  readonly columns: readonly (Column & { readonly width: number })[];
  readonly rows: readonly (readonly Cell[])[];
  /** Whether the last row is the total of the others. */
  readonly hasTotal?: true;
}

const slotStates: Readonly<Record<SlotState, string>> = { coming: '未到', open: '待调度', held: '已调度', lapsed: '未记录' };
const nameOf = (unit: Named | null): string => unit?.name ?? '（未交账）';

/** `R1 调度通报数据 第2期`, what it is about, how it was counted, how the date stands. */
export function headLines({ round, cadence, period, agenda, on, over }: CadenceSheet): string[] {
  return [
    `${round.id}  ${round.name}  调度通报数据${agenda === null ? '' : `  第${agenda.number}期`}`,
    `${cadence.label ?? everyLabels[cadence.every]}  ${period.first}至${period.last}  截止日期 ${on}${over ? '（本期已过，按当时情况）' : ''}`,
    agenda === null
      ? '本期没有规则规定的调度。'
      : `调度 ${agenda.on}至${agenda.until}：${over && ['open', 'coming'].includes(agenda.state) ? '期末尚未记录' : slotStates[agenda.state]}`,
    ...calibre(period.nextLast),
  ];
}

/** 口径: how the figures were counted. */
const calibre = (until: string): string[] => [
  '口径 按反馈的问题计，列在主办单位；长期坚持的单列；完成率＝已销号÷（问题数－撤销、作废、移交）；退回为反馈以来的次数。',
  `     逾期、临期按责任单位（含协办）所欠事项涉及的问题计；临期指${until}前到期而无逾期的。`,
];

/** All tables of the sheet, in the order of the bulletin 通报. */
export const figuresTables = (sheet: CadenceSheet): readonly FiguresTable[] => [
  unitsTable(sheet),
  namedTable(sheet),
  movedTable(sheet),
  nextTable(sheet),
];

const numbers: readonly (readonly [title: string, key: keyof FigureRow])[] = [
  ['问题数', 'fedBack'],
  ['已销号', 'closed'],
  ['其中长期坚持', 'closedSustained'],
  ['阶段性完成', 'stageCompleted'],
  ['已完成待审', 'awaiting'],
  ['推进中', 'underWay'],
  ['中止撤销等', 'other'],
  ['临期', 'dueSoon'],
  ['逾期', 'overdue'],
  ['退回', 'returns'],
];

function unitsTable({ rows, total }: CadenceSheet): FiguresTable {
  const cells = (name: string, row: FigureRow): Cell[] => [
    name,
    ...numbers.map(([, key]): Cell => {
      const count = row[key];
      return key === 'overdue' && count !== 0 ? { text: String(count), tone: 'red' } : count;
    }),
    row.completedPercent === null ? '—' : `${row.completedPercent}%`,
  ];
  return {
    title: '总表',
    columns: [
      { title: '单位', width: 28 },
      ...numbers.map(([title]) => ({ title, align: 'right' as const, whole: true, width: 13 })),
      { title: '完成率', align: 'right', whole: true, width: 10 },
    ],
    rows: [...rows.map(({ unit, ...row }) => cells(nameOf(unit), row)), cells('合计', total)],
    hasTotal: true,
  };
}

const namedTable = ({ named }: CadenceSheet): FiguresTable => ({
  title: '点名事项',
  columns: [
    { title: '编号', whole: true, width: 12 },
    { title: '单位', width: 28 },
    { title: '原因', width: 60 },
  ],
  rows: named.map(({ issueId, unit, reasons }) => [issueId, nameOf(unit), reasons.join('；')]),
});

function movedTable({ since }: CadenceSheet): FiguresTable {
  const { moved, completedMeasures, extended } = since;
  return {
    title: '本期变化',
    columns: [
      { title: '编号', whole: true, width: 12 },
      { title: '变化', width: 60 },
    ],
    rows: [
      ...moved.map(({ issueId, fromLabel, toLabel }) => [issueId, `${fromLabel ?? '（新登记）'} → ${toLabel}`]),
      ...completedMeasures.map(({ issueId, measureId, unit }) => [issueId, `措施${measureId}完成（${unit.name}）`]),
      ...extended.map((issueId) => [issueId, '批准延期']),
    ],
  };
}

const nextTable = ({ next }: CadenceSheet): FiguresTable => ({
  title: '下步要求',
  columns: [
    { title: '期限', whole: true, width: 20 },
    { title: '编号', whole: true, width: 12 },
    { title: '单位', width: 28 },
    { title: '事项', whole: true, width: 24 },
    { title: '剩余天数', align: 'right', whole: true, width: 10 },
  ],
  rows: next.map((one) => [dueText(one), one.issueId, nameOf(one.unit), one.label, one.daysLeft]),
});

/** The sheet on screen. */
export function showFigures(sheet: CadenceSheet): void {
  const { closed, returned, relapsed, extended, completedMeasures } = sheet.since;
  print(...headLines(sheet));
  for (const { title, columns, rows } of figuresTables(sheet)) {
    print('', title === '总表' ? title : `${title}（${rows.length}）`);
    if (title === '本期变化')
      print(
        `销号${closed.length}个，退回${returned.length}个，反弹${relapsed.length}个，延期${extended.length}个，完成措施${completedMeasures.length}项。`,
      );
    printTable(columns, rows);
  }
}

/** What the rectification office does with it: the command that marks the date as held takes where the sheet lies. */
export function holdHint({ round, agenda, over }: CadenceSheet, file: string | undefined): string[] {
  if (over || agenda?.state !== 'open') return [];
  return ['', `调度后记录：zhenggai round do ${round.id} holdMeeting minutes=${file === undefined ? '纪要和数据所在' : `数据见${file}`}`];
}
