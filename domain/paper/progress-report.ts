import { publicStatusLabels, type PublicStatus } from '../issue/records';
import type { LedgerRow } from '../lists/ledger-rows';
import type { LocalDate } from '../time';
import { dayWords } from './letter-words';

/** What a report is about, and for whom. */
export interface ReportHead {
  /** 县农业局党组: who was inspected and reports. */
  readonly body: string;
  /** 巡察, 巡视, 审计 or 专项整治. */
  readonly kind: string;
  readonly inspectingBody: string | null;
  readonly feedbackOn: LocalDate;
  readonly asOf: LocalDate;
  /** 联系电话：…; empty when none is given. */
  readonly contact: string;
}

export interface ReportParagraph {
  readonly style: 'heading1' | 'heading2' | 'body';
  readonly text: string;
}

/** A number in the text, bound to the ledger at the report's instant: counted again from the same rows it is the same. */
export interface ReportFigure {
  readonly name: 'fedBack' | PublicStatus | 'measures' | 'measuresDone' | 'rules';
  readonly value: number;
}

export interface ProgressReport {
  readonly title: string;
  readonly paragraphs: readonly ReportParagraph[];
  readonly issuer: string;
  readonly day: LocalDate;
  readonly figures: readonly ReportFigure[];
}

/**
 * What may be said in public of an issue: the office's own word 对外口径, else what the ledger proves: struck off is 已完成, a stage
 * reached is 阶段性完成, anything else 正在整改. What a report merely claims is never said.
 */
export const publicWordOf = ({
  publicStatus,
  struckOff,
  standing,
}: Pick<LedgerRow, 'publicStatus' | 'struckOff' | 'standing'>): PublicStatus =>
  publicStatus?.status ?? (struckOff ? 'completed' : standing === 'stageCompleted' ? 'stageCompleted' : 'inProgress');

/** Findings of a report: as fed back, without those that are void, withdrawn or handed over to others. */
const reported = (rows: readonly LedgerRow[]): readonly LedgerRow[] =>
  rows.filter(
    ({ countsAs, standing }) => countsAs === 'finding' && standing !== 'void' && standing !== 'withdrawn' && standing !== 'transferred',
  );

/** The figures of a report of these rows. */
export function reportFigures(rows: readonly LedgerRow[]): readonly ReportFigure[] {
  const findings = reported(rows);
  const count = (status: PublicStatus): number => findings.filter((row) => publicWordOf(row) === status).length;
  const measures = findings.flatMap((row) => row.measures);
  return [
    { name: 'fedBack', value: findings.length },
    ...(Object.keys(publicStatusLabels) as PublicStatus[]).map((name) => ({ name, value: count(name) })),
    { name: 'measures', value: measures.length },
    { name: 'measuresDone', value: measures.filter(({ completedOn }) => completedOn !== null).length },
    { name: 'rules', value: findings.reduce((sum, { newRules }) => sum + newRules.length, 0) },
  ];
}

/**
 * 整改进展情况的通报 in the customary structure: preamble with the figures, how the work was organised, finding by finding with account, state
 * and limit, what is still open, an invitation to comment, signature. Pure; texts are taken as given (redact them before).
 */
export function progressReport(
  { body, kind, inspectingBody, feedbackOn, asOf, contact }: ReportHead,
  rows: readonly LedgerRow[],
): ProgressReport {
  const figures = reportFigures(rows);
  const of = (name: ReportFigure['name']): number => figures.find((figure) => figure.name === name)?.value ?? 0;
  const findings = reported(rows);
  const states = (Object.keys(publicStatusLabels) as PublicStatus[]).filter((name) => of(name) > 0);
  const open = findings.filter((row) => publicWordOf(row) !== 'completed');
  const text = (words: string): ReportParagraph => ({ style: 'body', text: words });
  return {
    title: `${body}关于${kind}整改进展情况的通报`,
    issuer: body,
    day: asOf,
    figures,
    paragraphs: [
      text(
        `${dayWords(feedbackOn)}，${inspectingBody ?? `${kind}组`}向${body}反馈了${kind}意见。按照党务公开原则和${kind}工作有关要求，现将${kind}整改进展情况予以公布。`,
      ),
      text(
        `反馈问题${of('fedBack')}个，截至${dayWords(asOf)}，${states.map((name) => `${publicStatusLabels[name]}${of(name)}个`).join('，')}。`,
      ),
      { style: 'heading1', text: '一、整改工作组织情况' },
      text(
        `建立整改台账，逐个问题明确牵头领导和责任单位${of('measures') === 0 ? '，整改措施正在制定' : `，制定整改措施${of('measures')}条`}${
          of('measuresDone') > 0 ? `，已落实${of('measuresDone')}条` : ''
        }${of('rules') > 0 ? `；制定和修订制度${of('rules')}项` : ''}。`,
      ),
      { style: 'heading1', text: '二、反馈问题整改情况' },
      ...findings.flatMap((row, index): ReportParagraph[] => [
        { style: 'heading2', text: `${index + 1}.${row.title}` },
        text(
          `整改情况：${row.implementation.text.trim() || row.progress?.text.trim() || (row.measures.length > 0 ? '已制定整改措施，正在落实。' : '正在研究制定整改措施。')}`,
        ),
        ...(publicWordOf(row) !== 'completed' && row.dueOn !== null ? [text(`整改时限：${dayWords(row.dueOn)}`)] : []),
        text(`整改状态：${publicStatusLabels[publicWordOf(row)]}`),
      ]),
      { style: 'heading1', text: '三、下一步工作安排' },
      text(
        open.length === 0
          ? '巩固整改成果，健全长效机制，适时开展“回头看”。'
          : `对尚未完成的${open.length}项，紧盯时限、加强调度，逐项核查后销号；对已完成的，适时开展“回头看”，防止反弹。`,
      ),
      text(`欢迎广大干部群众对${kind}整改落实情况进行监督。${contact === '' ? '' : `联系方式：${contact}。`}`),
    ],
  };
}
