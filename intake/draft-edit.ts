import { z } from 'zod';
import { badInput } from '../domain/failure';
import { unreachable } from '../domain/result';
import type { Instant } from '../domain/time';
import { compareDeclared } from './compare-declared';
import { reportedStatus, type DraftLedger } from './draft';
import { issueOf } from './draft-edit-issue';
import { addIssue, dropIssue, mergeIssues, moveIssue, splitIssue } from './draft-edit-rows';
import { addAspect, addCategory, dropAspect, dropCategory, nameAspect, nameCategory, placeIssue } from './draft-edit-tree';
import {
  roundDates,
  roundTexts,
  setBodies,
  setDeadline,
  setOnSite,
  setParties,
  setRound,
  setStatus,
  setText,
  setTitle,
} from './draft-edit-values';

const id = z.string().trim().min(1).max(100);
const text = z.string().max(20_000);
const no = z.number().int().min(1);
const part = z.strictObject({ title: text, text: text.optional() });
const party = text.nullable().optional();

const edits = [
  z.strictObject({ type: z.literal('setTitle'), issue: id, title: text }),
  z.strictObject({ type: z.literal('setText'), issue: id, text }),
  z.strictObject({ type: z.literal('setStatus'), issue: id, status: reportedStatus.nullable() }),
  /** `deadline` null: the document states none. `due` is a day, or a month when just a month is named. */
  z.strictObject({
    type: z.literal('setDeadline'),
    issue: id,
    deadline: z
      .strictObject({
        raw: text,
        immediate: z.boolean().default(false),
        sustained: z.boolean().default(false),
        due: text.nullable().default(null),
      })
      .nullable(),
  }),
  /** What is left out stays as it is. */
  z.strictObject({
    type: z.literal('setParties'),
    issue: id,
    leadLeader: party,
    responsibleUnit: party,
    handler: party,
    coUnits: z.array(text).optional(),
  }),
  z.strictObject({ type: z.literal('setRound'), field: z.enum([...roundTexts, ...roundDates]), value: text.nullable() }),
  z.strictObject({ type: z.literal('setOnSite'), periods: z.array(z.strictObject({ start: text, end: text })) }),
  z.strictObject({ type: z.literal('setOtherBodies'), bodies: z.array(text) }),
  z.strictObject({ type: z.literal('nameAspect'), aspectNo: no, title: text }),
  z.strictObject({ type: z.literal('addAspect'), title: text }),
  z.strictObject({ type: z.literal('dropAspect'), aspectNo: no }),
  /** A category is known by its number within its aspect. */
  z.strictObject({ type: z.literal('nameCategory'), aspectNo: no.nullable(), categoryNo: no, title: text }),
  z.strictObject({ type: z.literal('addCategory'), aspectNo: no.nullable(), title: text }),
  z.strictObject({ type: z.literal('dropCategory'), aspectNo: no.nullable(), categoryNo: no }),
  /** Where an issue stands in the tree. */
  z.strictObject({ type: z.literal('placeIssue'), issue: id, aspectNo: no.nullable(), categoryNo: no.nullable() }),
  /** `to`: the number that it gets; the others move up or down. */
  z.strictObject({ type: z.literal('moveIssue'), issue: id, to: no }),
  z.strictObject({ type: z.literal('mergeIssues'), issue: id, into: id }),
  z.strictObject({ type: z.literal('splitIssue'), issue: id, parts: z.array(part) }),
  z.strictObject({ type: z.literal('dropIssue'), issue: id, reason: text }),
  /** A finding that the reader missed, after another one or (null) before all; `line`: where the document has it. */
  z.strictObject({ type: z.literal('addIssue'), after: id.nullable(), title: text, text: text.optional(), line: no }),
  /** In the draft of a newer report: which issue of the round a finding is; null: none of them. */
  z.strictObject({ type: z.literal('matchIssue'), issue: id, issueId: id.nullable() }),
] as const;

const draftEdit = z.discriminatedUnion('type', edits);

/** One edit of a draft, as a person makes it and as it is stored. Issues go by their id (`issue-3`), which no edit changes. */
export type DraftEdit = z.infer<typeof draftEdit>;

/** An edit with who made it, when, and its number among the edits of its draft. */
export interface RecordedEdit {
  readonly version: number;
  readonly edit: DraftEdit;
  readonly by: string;
  readonly at: Instant;
}

/** A value that a person set: `issue-3.title`, `round.feedbackDate`, `aspect-2.title`, `issue-3.place`. Its `raw` and line prove nothing. */
export interface ByHand extends Omit<RecordedEdit, 'edit'> {
  readonly where: string;
}

export interface EditedDraft {
  readonly draft: DraftLedger;
  /** The last hand on each value that a person set, in the order of the edits. */
  readonly byHand: readonly ByHand[];
  /** Of a newer report: findings whose issue of the round a person named. */
  readonly matches: Readonly<Record<string, string | null>>;
}

/** A changed draft and what was set in it. */
export interface Change {
  readonly draft: DraftLedger;
  readonly set: readonly string[];
}

/** Edits from a file or the database. Throws `draft.edit`, which says which one is no edit, and why. */
export function readEdits(value: unknown): DraftEdit[] {
  if (!Array.isArray(value))
    throw badInput('draft.edit', '改动不是一个列表。', '请写成 JSON 数组，每项一处改动，如 [{"type":"setTitle",…}]。');
  return value.map((one: unknown, index) => {
    const parsed = draftEdit.safeParse(one);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw badInput(
      'draft.edit',
      `第${index + 1}项改动不正确（${issue?.path.join('.') || '整体'}）：${issue?.message ?? ''}。`,
      `可用的改动：${edits.map(({ shape }) => shape.type.value).join('、')}。`,
    );
  });
}

/**
 * The draft as it stands after the edits, in their order; totals that the document declares are counted anew. Pure. Throws a coded error
 * for an edit that cannot be: `draft.issueUnknown`, `draft.emptyTitle`, `draft.aspectUnknown`, `draft.categoryUnknown`,
 * `draft.notEmpty`, `draft.position`, `draft.mergeSelf`, `draft.splitTooFew`, `draft.date`, `draft.deadline`, `draft.reason`.
 */
export function applyEdits(original: DraftLedger, recorded: readonly RecordedEdit[]): EditedDraft {
  const byHand = new Map<string, ByHand>();
  const matches = new Map<string, string | null>();
  let draft = original;
  for (const { version, edit, by, at } of recorded) {
    const change = applyEdit(draft, edit, version);
    draft = change.draft;
    for (const where of change.set) {
      byHand.delete(where);
      byHand.set(where, { where, version, by, at });
    }
    if (edit.type === 'matchIssue') matches.set(edit.issue, edit.issueId);
  }
  return { draft: recorded.length === 0 ? original : recount(draft), byHand: [...byHand.values()], matches: Object.fromEntries(matches) };
}

function applyEdit(draft: DraftLedger, edit: DraftEdit, version: number): Change {
  switch (edit.type) {
    case 'setTitle':
      return setTitle(draft, edit);
    case 'setText':
      return setText(draft, edit);
    case 'setStatus':
      return setStatus(draft, edit);
    case 'setDeadline':
      return setDeadline(draft, edit);
    case 'setParties':
      return setParties(draft, edit);
    case 'setRound':
      return setRound(draft, edit);
    case 'setOnSite':
      return setOnSite(draft, edit);
    case 'setOtherBodies':
      return setBodies(draft, edit);
    case 'nameAspect':
      return nameAspect(draft, edit);
    case 'addAspect':
      return addAspect(draft, edit);
    case 'dropAspect':
      return dropAspect(draft, edit);
    case 'nameCategory':
      return nameCategory(draft, edit);
    case 'addCategory':
      return addCategory(draft, edit);
    case 'dropCategory':
      return dropCategory(draft, edit);
    case 'placeIssue':
      return placeIssue(draft, edit);
    case 'moveIssue':
      return moveIssue(draft, edit);
    case 'mergeIssues':
      return mergeIssues(draft, edit);
    case 'splitIssue':
      return splitIssue(draft, edit);
    case 'dropIssue':
      return dropIssue(draft, edit);
    case 'addIssue':
      return addIssue(draft, edit, version);
    case 'matchIssue':
      issueOf(draft, edit.issue);
      return { draft, set: [`${edit.issue}.match`] };
    default:
      return unreachable(edit);
  }
}

const recount = (draft: DraftLedger): DraftLedger => ({
  ...draft,
  declared: compareDeclared(draft.declared, { issues: draft.issues, aspects: draft.aspects.length, categories: draft.categories.length }),
});
