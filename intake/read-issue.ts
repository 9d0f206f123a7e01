import type { DueContext } from '../domain/due-phrase';
import type { ReadIssue } from './checks/context';
import type { DraftIssue, DraftMeasure } from './draft';
import { datesIn } from './extract/dates';
import { deadlineOf } from './extract/deadline';
import { earlierIn } from './extract/earlier';
import { handlingIn } from './extract/handling';
import { measureRow, measuresOf } from './extract/measures';
import { moneyIn } from './extract/money';
import { partiesOf } from './extract/parties';
import { statusOf } from './extract/status';
import type { FindingNode } from './findings-tree';
import { wordsOf } from './headings';
import { Prose } from './prose';
import { contentOf } from './sections';
import { titleOf } from './titles';

/** Where a finding stands in the list, its last line, and what decides the years of its limits. */
export interface IssuePlace {
  readonly number: number;
  readonly endLine: number;
  readonly context: DueContext;
}

/** What the extractors read in a finding. */
export function readIssue(finding: FindingNode, { number, endLine, context }: IssuePlace): ReadIssue {
  const { node, sections, shared, aspect, category, table } = finding;
  const prose = textOf(finding, endLine);
  const all = [...sections, ...shared];
  const account =
    all.find(({ kind, prose: part }) => kind === 'measures' && part.text !== '') ?? all.find(({ kind }) => kind === 'implementation');
  const dates = datesIn(prose, context.reportDate === null ? null : Number(context.reportDate.slice(0, 4)));
  const deadline = deadlineOf(finding, context);
  const earlier = earlierIn(finding, yearOf(context));
  const issue: DraftIssue = {
    id: `issue-${number}`,
    number,
    label: node.numbering?.label ?? '',
    title:
      table?.title ??
      titleOf(
        sections.find(({ kind, prose: part }) => (kind === 'statement' || kind === 'finding') && part.text !== '')?.prose.text ??
          wordsOf(node),
      ),
    text: prose.text,
    aspectNo: aspect?.no ?? null,
    aspect: aspect?.title ?? null,
    categoryNo: category?.no ?? null,
    category: category?.title ?? null,
    line: node.heading?.line ?? 1,
    endLine,
    status: statusOf(finding),
    deadline: deadline?.deadline ?? null,
    measures: measuresIn(table, account?.prose),
    parties: partiesOf(all),
    handling: handlingIn(prose),
    money: moneyIn(prose),
    dates: dates.map(({ raw, iso, yearStated, line }) => ({ raw, iso, yearStated, line })),
    earlier: earlier[0] ?? null,
  };
  return { issue, finding, deadline, dates, earlier };
}

const measuresIn = (table: FindingNode['table'], account: Prose | undefined): DraftMeasure[] => {
  if (table !== undefined && table.measures.length > 0) return table.measures.map((cell, index) => measureRow(cell, index + 1));
  return account === undefined ? [] : measuresOf(account);
};

/** The year of the present round: of its feedback or on-site work, else of the report. */
function yearOf({ notBefore, reportDate }: DueContext): number | null {
  const day = notBefore ?? reportDate;
  return day === null ? null : Number(day.slice(0, 4));
}

/** The finding with everything told of it, without its number. */
function textOf({ node, sections, shared, isItem }: FindingNode, endLine: number): Prose {
  if (isItem)
    return Prose.join(
      sections.map(({ prose }) => prose),
      '\n',
    );
  const own = contentOf(node).filter(({ line }) => line <= endLine);
  const [heading, ...rest] = own;
  const first = heading === undefined ? [] : [heading.slice(node.numbering?.length ?? 0)];
  return Prose.join([...first, ...rest, ...shared.map(({ prose }) => prose)], '\n');
}
