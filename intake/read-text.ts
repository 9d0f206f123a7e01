import type { DueContext } from '../domain/due-phrase';
import { crossCheck } from './checks';
import type { ReadIssue } from './checks/context';
import { docTypeOf } from './doc-type';
import type { DraftIssue, DraftLedger, DraftRound, DraftSource } from './draft';
import { datesIn } from './extract/dates';
import { deadlineOf } from './extract/deadline';
import { compareDeclared } from './compare-declared';
import { declaredIn } from './extract/declared';
import { earlierIn } from './extract/earlier';
import { handlingIn } from './extract/handling';
import { measuresOf } from './extract/measures';
import { moneyIn } from './extract/money';
import { partiesOf } from './extract/parties';
import { asDay, roundOf } from './extract/round';
import { statusOf } from './extract/status';
import { findingsOf, type FindingNode } from './findings-tree';
import type { Group } from './groups';
import { wordsOf } from './headings';
import { outlineOf } from './outline';
import { paragraphsOf, physicalLines } from './paragraphs';
import { privateLines } from './privacy';
import { Prose } from './prose';
import { splitRunOns } from './run-on';
import { contentOf } from './sections';
import type { DocumentText } from './readers/reader';
import { refuseStateSecret } from './secrecy';
import { titleOf } from './titles';
import { numberUnnumbered } from './unnumbered';

/**
 * Reads a document's text into a draft ledger: lines → paragraphs → outline → findings → extractors → cross-checks. Pure.
 * Throws badInput `stateSecret` for a text that bears a 密级 marking; any other text gives a draft, if an empty one.
 */
export function readText(text: string, source: DraftSource, { places }: Pick<DocumentText, 'places' | 'tables'> = {}): DraftLedger {
  const lines = physicalLines(text.replace(/^\uFEFF/, ''));
  refuseStateSecret(lines);
  const paragraphs = splitRunOns(paragraphsOf(lines));
  const outline = outlineOf(paragraphs);
  numberUnnumbered(outline.root);
  const findings = findingsOf(outline);
  const spans = findings.map((finding) => ({ start: finding.node.heading?.line ?? 1, end: lastLineOf(finding) }));
  const outside = outsideOf(paragraphs, spans);
  const round = roundOf(outside);
  const context = dueContext(round);
  const read = findings.map((finding, index) => readIssue(finding, index + 1, spans[index]?.end ?? 1, context));
  const issues = read.map(({ issue }) => issue);
  const aspects = groupsOf(findings, ({ aspect }) => aspect).map(({ no, title, line }) => ({ no, title, line }));
  const categories = groupsOf(findings, ({ category }) => category).map(({ no, title, line, aspect }) => ({
    no,
    aspectNo: aspect?.no ?? null,
    title,
    line,
  }));
  const draft = {
    schema: 'zhenggai.draft/1' as const,
    source,
    ...(places === undefined ? {} : { places: [...places] }),
    private: privateLines(paragraphs),
    docType: docTypeOf(paragraphs, round.title?.value ?? null, findings),
    round,
    aspects,
    categories,
    issues,
    declared: compareDeclared(declaredIn(outside), { issues, aspects: aspects.length, categories: categories.length }),
  };
  return { ...draft, findings: crossCheck({ draft, read, paragraphs, outside }) };
}

function dueContext(round: DraftRound): DueContext {
  const feedbackDate = asDay(round.feedbackDate?.value);
  return { feedbackDate, notBefore: feedbackDate ?? asDay(round.onSite.at(-1)?.end), reportDate: asDay(round.reportDate?.value) };
}

const lastLineOf = ({ sections, shared, node }: FindingNode): number =>
  Math.max(node.heading?.line ?? 1, ...[...sections, ...shared].map(({ prose }) => prose.endLine));

function outsideOf(paragraphs: readonly Prose[], spans: readonly { start: number; end: number }[]): Prose[] {
  let at = 0;
  return paragraphs.filter(({ line }) => {
    while (at < spans.length && (spans[at]?.end ?? 0) < line) at += 1;
    const span = spans[at];
    return span === undefined || line < span.start;
  });
}

function groupsOf(findings: readonly FindingNode[], pick: (finding: FindingNode) => Group | null): Group[] {
  return [...new Set(findings.flatMap((finding) => pick(finding) ?? []))];
}

function readIssue(finding: FindingNode, number: number, endLine: number, context: DueContext): ReadIssue {
  const { node, sections, shared, aspect, category } = finding;
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
    title: titleOf(
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
    measures: account === undefined ? [] : measuresOf(account.prose),
    parties: partiesOf(all),
    handling: handlingIn(prose),
    money: moneyIn(prose),
    dates: dates.map(({ raw, iso, yearStated, line }) => ({ raw, iso, yearStated, line })),
    earlier: earlier[0] ?? null,
  };
  return { issue, finding, deadline, dates, earlier };
}

/** The year of the present round: of its feedback or on-site work, else of the report. */
function yearOf({ notBefore, reportDate }: DueContext): number | null {
  const day = notBefore ?? reportDate;
  return day === null ? null : Number(day.slice(0, 4));
}

/** The finding with everything told of it, without its number. */
function textOf({ node, shared }: FindingNode, endLine: number): Prose {
  const own = contentOf(node).filter(({ line }) => line <= endLine);
  const [heading, ...rest] = own;
  const first = heading === undefined ? [] : [heading.slice(node.numbering?.length ?? 0)];
  return Prose.join([...first, ...rest, ...shared.map(({ prose }) => prose)], '\n');
}
