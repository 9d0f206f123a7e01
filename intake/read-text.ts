import type { DueContext } from '../domain/due-phrase';
import { crossCheck } from './checks';
import { compareDeclared } from './compare-declared';
import { docTypeOf } from './doc-type';
import type { DraftLedger, DraftRound, DraftSource } from './draft';
import { declaredIn } from './extract/declared';
import { asDay, roundOf } from './extract/round';
import { findFindings } from './find-findings';
import type { FindingNode } from './findings-tree';
import type { Group } from './groups';
import { physicalLines } from './paragraphs';
import type { Prose } from './prose';
import { privateLines } from './privacy';
import { readIssue } from './read-issue';
import type { DocumentText } from './readers/reader';
import { refuseStateSecret } from './secrecy';

/** What a reader tells besides the text. */
type ReadMore = Pick<DocumentText, 'places' | 'tables' | 'notes'>;

/**
 * Reads a document's text into a draft ledger: lines → paragraphs → outline → findings → extractors → cross-checks. Pure.
 * Throws badInput `stateSecret` for a text that bears a 密级 marking; any other text gives a draft, if an empty one.
 */
export function readText(text: string, source: DraftSource, { places, tables, notes = [] }: ReadMore = {}): DraftLedger {
  const lines = physicalLines(withoutControls(text));
  refuseStateSecret(lines);
  const found = findFindings(lines, tables);
  const { findings, paragraphs, outside } = found;
  const round = roundOf(outside);
  const context = dueContext(round);
  const read = findings.map((finding, index) => readIssue(finding, { number: index + 1, endLine: found.endLines[index] ?? 1, context }));
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
    docType: docTypeOf(paragraphs, round.title?.value ?? null, found),
    round,
    aspects,
    categories,
    issues,
    declared: declaredTotals(outside, { aspects, categories, issues }),
  };
  return { ...draft, findings: [...crossCheck({ draft, read, paragraphs, outside }), ...found.notes, ...notes] };
}

/** Totals of the document, and those that the heading of an aspect or category states of its own issues (…方面，共反馈问题3个). */
function declaredTotals(
  outside: readonly Prose[],
  { aspects, categories, issues }: Pick<DraftLedger, 'aspects' | 'categories' | 'issues'>,
) {
  const declared = declaredIn(outside);
  const groups = [
    ...aspects.map(({ no, line }) => ({ line, own: issues.filter(({ aspectNo }) => aspectNo === no) })),
    ...categories.map(({ no, aspectNo, line }) => ({
      line,
      own: issues.filter((issue) => issue.aspectNo === aspectNo && issue.categoryNo === no),
    })),
  ];
  const lines = new Set(groups.map(({ line }) => line));
  return [
    ...compareDeclared(
      declared.filter(({ line }) => !lines.has(line)),
      { issues, aspects: aspects.length, categories: categories.length },
    ),
    ...groups.flatMap(({ line, own }) =>
      compareDeclared(
        declared.filter((total) => total.line === line),
        { issues: own, aspects: 0, categories: new Set(own.map(({ categoryNo }) => categoryNo)).size },
      ),
    ),
  ].sort((a, b) => a.line - b.line);
}

/** Control characters are none of the text; those that break a line or page within a paragraph become a blank, so that lines keep their numbers. */
const withoutControls = (text: string): string =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/[\x0b\x0c]/g, ' ')
    .replace(/[\0-\x08\x0e-\x1f\x7f]/g, '');

function dueContext(round: DraftRound): DueContext {
  const feedbackDate = asDay(round.feedbackDate?.value);
  return { feedbackDate, notBefore: feedbackDate ?? asDay(round.onSite.at(-1)?.end), reportDate: asDay(round.reportDate?.value) };
}

function groupsOf(findings: readonly FindingNode[], pick: (finding: FindingNode) => Group | null): Group[] {
  return [...new Set(findings.flatMap((finding) => pick(finding) ?? []))];
}
