import path from 'node:path';
import { badInput } from '../domain/failure';
import { isLocalDate, type LocalDate } from '../domain/time';
import { roundSourceLabels, type RoundSource } from '../domain/policy/policy';
import { readDirectoryFile } from '../intake/directory-file';
import type { DirectoryDraft } from '../intake/directory-table';
import type { DraftIssue, DraftLedger } from '../intake/draft';
import { earlierReferences } from '../intake/earlier-references';
import { privateInText, publicTitle } from '../intake/privacy';
import type { NewRound } from '../ledger/register';
import { packageRoot } from '../platform/package-root';
import { readInputFile } from './files';

/** The sample that `start` and `demo` open when no file is named. */
export const sampleReport = (): string => path.join(packageRoot(), 'samples/report.txt');
export const sampleDirectory = (): string => path.join(packageRoot(), 'samples/directory.csv');

/** Refuses a draft of which no account can be opened. */
export function requireIssues(draft: DraftLedger): void {
  if (draft.issues.length > 0) return;
  throw badInput(
    'draft.noIssues',
    `文件${draft.source.file}没有逐条列出的问题，只有总数或叙述，无法建账。`,
    '请换成逐条列出问题的反馈意见、整改报告或问题清单。',
  );
}

/** A round to register from the draft of a document. A draft without findings registers nothing. */
export function roundOf(
  draft: DraftLedger,
  { name, feedbackOn, reported }: { name?: string; feedbackOn?: LocalDate; reported: boolean },
): NewRound {
  requireIssues(draft);
  const stated = draft.round.feedbackDate?.value ?? '';
  const feedback = feedbackOn ?? (isLocalDate(stated) ? stated : undefined);
  if (feedback === undefined) throw badInput('draft.noFeedbackDate', '文件没有写明反馈日期。', '请用 --feedback 2026-01-31 指定反馈日期。');
  const known = draft.issues.flatMap(({ text }) => privateInText(text));
  const body = draft.round.inspectedBody?.value ?? null;
  return {
    name: name ?? (body === null ? (draft.round.title?.value ?? '未名轮次') : `${body}${draft.round.kind?.value ?? '巡察'}整改`),
    inspectedBody: body,
    inspectingBody: draft.round.inspectingBody?.value ?? null,
    ...kindOf(draft),
    feedbackOn: feedback,
    source: { file: path.basename(draft.source.file), sha256: draft.source.sha256 },
    issues: draft.issues.map((issue) => ({
      number: issue.number,
      // titles are mailed and published; what is private in them stays in the text alone
      title: publicTitle(issue.title, known),
      text: issue.text,
      reported: reported ? (issue.status?.value ?? null) : null,
      ...recurrenceOf(issue),
    })),
  };
}

/** The earlier findings that an issue repeats; it is one finding all the same. */
function recurrenceOf(issue: DraftIssue): { readonly recursOf?: readonly string[] } {
  const recursOf = earlierReferences(issue);
  return recursOf.length === 0 ? {} : { recursOf };
}

/** A limit that the document states for an issue. Registering keeps no limit: it becomes a day only when a plan names it. */
export type StatedLimit = NonNullable<DraftIssue['deadline']> & {
  /** Where its issue stands among the issues of the round. */
  readonly index: number;
  readonly title: string;
};

/** The limits that the document states, for whoever writes the plans. */
export const limitsOf = ({ issues }: DraftLedger): StatedLimit[] =>
  issues.flatMap(({ deadline, title }, index) => (deadline === null ? [] : [{ ...deadline, index, title }]));

/** What the document says that it comes from, when that is one of the sources. */
function kindOf({ round }: DraftLedger): { readonly kind?: RoundSource } {
  const kind = (Object.keys(roundSourceLabels) as RoundSource[]).find((source) => roundSourceLabels[source] === round.kind?.value);
  return kind === undefined ? {} : { kind };
}

/** Reads a directory of people and posts, CSV or xlsx; posts that ended before `asOf` count as history. */
export async function directoryOf(file: string, asOf: LocalDate): Promise<DirectoryDraft> {
  const bytes = await readInputFile(file);
  return readDirectoryFile(bytes, { asOf });
}
