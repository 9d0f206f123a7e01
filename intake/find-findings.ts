import type { DraftFinding } from './draft';
import { findingsOf, type FindingNode } from './findings-tree';
import { outlineOf } from './outline';
import { paragraphsOf } from './paragraphs';
import { Prose } from './prose';
import type { DocumentTable } from './readers/reader';
import { numberSpokenAccounts } from './spoken-findings';
import { splitRunOns } from './run-on';
import { ledgerOf } from './tables';
import { tabbedTables } from './tables/tabbed';
import { numberUnnumbered } from './unnumbered';

/** The findings of a document with their last lines, and its paragraphs with those that belong to none. */
export interface Found {
  readonly findings: readonly FindingNode[];
  readonly endLines: readonly number[];
  readonly paragraphs: readonly Prose[];
  readonly outside: readonly Prose[];
  /** Whether the findings stand in tables. */
  readonly inTables: boolean;
  readonly notes: readonly DraftFinding[];
}

/** Finds them in the document's tables where these list more of them than its running text does, else in the text. */
export function findFindings(lines: readonly string[], tables: readonly DocumentTable[] = tabbedTables(lines)): Found {
  const ledger = ledgerOf(tables);
  if (ledger.findings.length === 0) return inText(splitRunOns(paragraphsOf(lines)));
  const rows = ledger.lines;
  const rest = splitRunOns(paragraphsOf(lines.map((line, index) => (rows.has(index + 1) ? '' : line))));
  const text = inText(rest);
  if (text.findings.length >= ledger.findings.length) {
    const message = `文中另有列出 ${ledger.findings.length} 个问题的表格，已按正文逐条读取，没有重复建账。`;
    return { ...text, notes: [{ code: 'tableIgnored', severity: 'info', message, lines: [Math.min(...rows)] }] };
  }
  const cells = [...rows].map((line) => Prose.ofLine(lines[line - 1]?.trim() ?? '', line)).filter((prose) => prose.text !== '');
  return {
    findings: ledger.findings,
    endLines: ledger.findings.map(({ node, table }) => table?.endLine ?? node.heading?.line ?? 1),
    paragraphs: [...rest, ...cells].sort((a, b) => a.line - b.line),
    outside: rest,
    inTables: true,
    notes: [],
  };
}

function inText(paragraphs: readonly Prose[]): Found {
  const outline = outlineOf(paragraphs);
  numberUnnumbered(outline.root);
  numberSpokenAccounts(outline.root);
  const findings = findingsOf(outline);
  const endLines = findings.map(lastLineOf);
  const spans = findings.map((finding, index) => ({ start: finding.node.heading?.line ?? 1, end: endLines[index] ?? 1 }));
  return { findings, endLines, paragraphs, outside: outsideOf(paragraphs, spans), inTables: false, notes: [] };
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
