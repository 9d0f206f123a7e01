/** Where an office may put its own words: the slots a sentence has, those it must keep, and how long it may be (characters). */
interface SentenceRule {
  readonly slots: readonly string[];
  readonly required: readonly string[];
  readonly longest: number;
}

const label = { slots: [], required: [], longest: 20 } as const;
const plain = { slots: [], required: [], longest: 120 } as const;

/**
 * Every sentence and label of a digest. A catalogue has each; a template file may replace any. Numbers come with their counting
 * word (`6项`, `6 items`), days and moments as the catalogue writes them.
 */
export const sentenceRules = {
  brand: label,
  /** `red` counts what is overdue or urgent. */
  subject: { slots: ['totals', 'items', 'red', 'day'], required: ['day'], longest: 80 },
  subjectNothing: { slots: ['day'], required: ['day'], longest: 80 },
  salutation: { slots: ['name'], required: ['name'], longest: 40 },
  salutationNameless: label,
  greeting: { slots: ['items'], required: ['items'], longest: 120 },
  greetingAs: { slots: ['role', 'items'], required: ['items'], longest: 120 },
  greetingNothing: plain,
  owed: label,
  informs: label,
  due: label,
  provisional: label,
  next: label,
  role: label,
  doIt: label,
  view: label,
  home: label,
  openHome: label,
  paperFollows: { slots: ['paper'], required: ['paper'], longest: 40 },
  /** `step` is the day and the name of the next rung. */
  hears: { slots: ['step', 'people'], required: ['step', 'people'], longest: 80 },
  sectionMore: { slots: ['items', 'kinds'], required: ['items'], longest: 120 },
  listAttached: { slots: ['items', 'file'], required: ['file'], longest: 120 },
  listTooLarge: { slots: ['items', 'link'], required: ['link'], longest: 160 },
  papersAttached: { slots: ['files'], required: ['files'], longest: 120 },
  papersTooLarge: { slots: ['files', 'link'], required: ['link'], longest: 160 },
  papersKept: { slots: ['files', 'link'], required: ['link'], longest: 160 },
  asOf: { slots: ['moment'], required: ['moment'], longest: 120 },
  meantFor: { slots: ['moment'], required: ['moment'], longest: 120 },
  provisionalNote: plain,
  referenceNote: plain,
  automatic: plain,
  /** One more sentence of the office, such as whom to ask; empty is none. */
  note: { slots: [], required: [], longest: 200 },
  columnCategory: label,
  columnReference: label,
  columnTitle: label,
  columnUnit: label,
  columnKind: label,
  columnRung: label,
  columnDue: label,
  columnLeft: label,
  columnProvisional: label,
  columnNextOn: label,
  columnNext: label,
  columnHears: label,
  columnPaper: label,
  columnRole: label,
  columnLink: label,
} as const satisfies Record<string, SentenceRule>;

export type SentenceKey = keyof typeof sentenceRules;

export const sentenceKeys = Object.keys(sentenceRules) as readonly SentenceKey[];

/** The sentences of one language, each a template with its slots as `{name}`. */
export type Sentences = Readonly<Record<SentenceKey, string>>;

/** What a sentence wants to know. */
export type SlotsOf<K extends SentenceKey> = Readonly<Record<(typeof sentenceRules)[K]['slots'][number], string>>;

/** A slot in a template; what stands in other braces is no slot. */
export const SLOT = /\{([^{}]*)\}/g;

/** The sentence with its slots filled, in one pass: braces in a filled-in name stay what they are. */
export function say<K extends SentenceKey>(sentences: Sentences, key: K, slots: SlotsOf<K>): string {
  const values: Readonly<Record<string, string | undefined>> = slots;
  return sentences[key].replace(SLOT, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] ?? whole) : whole));
}
