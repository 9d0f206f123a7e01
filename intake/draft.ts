import { z } from 'zod';

/** 1-based line in the text as read: a physical line of a txt file. */
const line = z.number().int().min(1);
/** A stated fact: the value, the words it was read from, and where. */
const stated = z.object({ value: z.string(), raw: z.string(), line });
/** `2022-09-15`, `2022-09` or `2022`: as precise as the text. */
const isoDate = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/);
const statedDate = z.object({ value: isoDate, raw: z.string(), line });

const source = z.object({ file: z.string(), sha256: z.string(), format: z.string(), encoding: z.string() });

const round = z.object({
  title: stated.nullable(),
  documentNumber: stated.nullable(),
  /** 巡察, 巡视, 审计 or 专项整治, as the text calls it. */
  kind: stated.nullable(),
  inspectedBody: stated.nullable(),
  /** Further bodies inspected in the same round ("同时对各林场进行了专项巡察"). */
  otherInspectedBodies: z.array(stated),
  inspectingBody: stated.nullable(),
  onSite: z.array(z.object({ start: isoDate, end: isoDate, raw: z.string(), line })),
  feedbackDate: statedDate.nullable(),
  publishedDate: statedDate.nullable(),
  reportDate: statedDate.nullable(),
  /** Who signed the report. */
  issuedBy: stated.nullable(),
});

/** The words of a reported state 对外口径. */
export const reportedStatus = z.enum([
  'completed',
  'basically_completed',
  'stage_completed',
  'partially_rectified',
  'in_progress',
  'not_completed',
]);

const measure = z.object({
  no: z.number().int().min(1),
  text: z.string(),
  line,
  items: z.array(z.object({ marker: z.string(), unit: z.string().nullable(), text: z.string(), line })),
});

/** What a finding says of an earlier inspection's or audit's findings; null what it does not say. */
const earlier = z.object({
  /** Who and what: 2018年市委第三巡察组常规巡察. */
  source: z.string().nullable(),
  year: z.number().int().nullable(),
  /** How many were fed back then, and what became of them. */
  findings: z.number().int().nullable(),
  rectified: z.number().int().nullable(),
  sustained: z.number().int().nullable(),
  outstanding: z.number().int().nullable(),
  /** Those quoted as not rectified. */
  named: z.array(z.string()),
  raw: z.string(),
  line,
});

const issue = z.object({
  id: z.string(),
  number: z.number().int().min(1),
  label: z.string(),
  title: z.string(),
  text: z.string(),
  aspectNo: z.number().int().nullable(),
  aspect: z.string().nullable(),
  categoryNo: z.number().int().nullable(),
  category: z.string().nullable(),
  line,
  endLine: line,
  status: z.object({ value: reportedStatus, raw: z.string(), line }).nullable(),
  deadline: z
    .object({
      raw: z.string(),
      immediate: z.boolean(),
      sustained: z.boolean(),
      due: z
        .string()
        .regex(/^\d{4}-\d{2}(-\d{2})?$/)
        .nullable(),
      line,
    })
    .nullable(),
  measures: z.array(measure),
  parties: z.object({
    leadLeader: z.string().nullable(),
    responsibleUnit: z.string().nullable(),
    handler: z.string().nullable(),
    coUnits: z.array(z.string()),
  }),
  handling: z.array(z.object({ kind: z.string(), count: z.number().int().min(0), unit: z.enum(['人', '人次']), line })),
  money: z.array(z.object({ amountYuan: z.number(), raw: z.string(), role: z.string().nullable(), line })),
  dates: z.array(z.object({ raw: z.string(), iso: isoDate.nullable(), yearStated: z.boolean(), line })),
  /** An extension of the contract: readers may find none. */
  earlier: earlier.nullable().optional(),
});

/**
 * The draft ledger 整改台账草稿 of one document (design.md, section 8): what `zhenggai read FILE --json` prints.
 * What the text does not say is null. A person confirms it before anything is registered.
 */
export const draftSchema = z.object({
  schema: z.literal('zhenggai.draft/1'),
  source,
  /** An extension of the contract: where each line of the text stands in a file whose lines say nothing (page, paragraph, cell). */
  places: z.array(z.string().nullable()).optional(),
  /** An extension of the contract: lines with private matter (names of persons, numbers), which is never mailed or published. */
  private: z.array(z.object({ kind: z.enum(['name', 'phone', 'email', 'idCard', 'bankCard', 'plate']), line })).optional(),
  docType: z.enum(['rectification_report', 'audit_report', 'round_summary', 'campaign_article', 'feedback', 'ledger', 'unknown']),
  round,
  aspects: z.array(z.object({ no: z.number().int(), title: z.string(), line })),
  categories: z.array(z.object({ no: z.number().int(), aspectNo: z.number().int().nullable(), title: z.string(), line })),
  issues: z.array(issue),
  declared: z.array(
    z.object({ what: z.string(), value: z.number(), counted: z.number().nullable(), agrees: z.boolean().nullable(), line }),
  ),
  findings: z.array(
    z.object({ code: z.string(), severity: z.enum(['error', 'warning', 'info']), message: z.string(), lines: z.array(line) }),
  ),
});

export type DraftLedger = z.infer<typeof draftSchema>;
export type DraftSource = DraftLedger['source'];
export type DraftRound = DraftLedger['round'];
export type DraftIssue = DraftLedger['issues'][number];
export type DraftMeasure = DraftIssue['measures'][number];
export type DraftDeclared = DraftLedger['declared'][number];
export type DraftFinding = DraftLedger['findings'][number];
export type ReportedStatus = z.infer<typeof reportedStatus>;
