import { InvalidArgumentError } from 'commander';
import { dateOf, isLocalDate } from '../../domain/time';
import { badInput } from '../../domain/failure';
import { draftSchema, type DraftLedger } from '../../intake/draft';
import { applyEdits, readEdits, type EditedDraft, type RecordedEdit } from '../../intake/draft-edit';
import type { Database } from '../../ledger/database';
import type { DraftHead } from '../../ledger/draft-head';
import { loadDraft } from '../../ledger/drafts';
import { actingAs, type ActingOptions } from '../acting';
import type { Connected } from '../connect';

/** A stored draft as it stands: what was read with the edits applied. */
export interface OpenDraft extends EditedDraft {
  readonly head: DraftHead;
  readonly original: DraftLedger;
  readonly edits: readonly RecordedEdit[];
}

/** Loads a draft and applies its edits. Throws `draft.unknown`, `draft.erased`, and `draft.outdated` for one that an older program read. */
export async function openDraft(database: Database, id: string): Promise<OpenDraft> {
  const { original: stored, edits: storedEdits, ...head } = await loadDraft(database, id);
  const parsed = draftSchema.safeParse(stored);
  if (!parsed.success)
    throw badInput('draft.outdated', `草稿${id}由旧版本的程序读取，现在不能再办理。`, '请用 zhenggai draft discard 放弃，再重新读取文件。');
  const original = parsed.data;
  const edits = storedEdits.flatMap(({ edit, ...made }) => readEdits([edit]).map((read): RecordedEdit => ({ ...made, edit: read })));
  return { head, original, edits, ...applyEdits(original, edits) };
}

/** Reading, editing and confirming are the acts of the offices that may open accounts. */
export const draftActor = (connected: Connected, options: ActingOptions, what: string): Promise<string> =>
  actingAs(connected, options, { wanted: ['rectificationOffice', 'inspectionOffice'], what });

/** What `--json` prints of a draft. */
export const draftObject = ({ head, draft, edits, byHand, matches }: OpenDraft): object => ({
  schema: 'zhenggai.storedDraft/1',
  ...head,
  edits,
  byHand,
  matches,
  draft,
});

/** Reads `--expect 3`. */
export function versionArgument(text: string): number {
  const version = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(version)) return version;
  throw new InvalidArgumentError('应为整数，如 draft show 所示的版本。');
}

/** The day as of which a report speaks: under its signature, else of its publication; null when it names neither to the day. */
export function reportDay({ round }: DraftLedger) {
  const stated = [round.reportDate?.value, round.publishedDate?.value].find((value) => value !== undefined && isLocalDate(value));
  return stated !== undefined && isLocalDate(stated) ? stated : null;
}

/** How a draft stands, in office words. */
export function endWords({ end }: DraftHead): string {
  switch (end.state) {
    case 'open':
      return '待确认';
    case 'confirmed':
      return `已确认（轮次${end.roundId}，${dateOf(end.at)}）`;
    case 'discarded':
      return `已放弃（${dateOf(end.at)}：${end.reason}）`;
  }
}
