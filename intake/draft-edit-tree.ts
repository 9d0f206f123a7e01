import { badInput, type ZhenggaiError } from '../domain/failure';
import type { DraftIssue, DraftLedger } from './draft';
import type { Change } from './draft-edit';
import { issueOf, titled, withIssue } from './draft-edit-issue';

// The tree 方面 › 项 › 问题. A category is known by its number within its aspect; either level may be absent.

type Aspect = DraftLedger['aspects'][number];
type Category = DraftLedger['categories'][number];
interface CategoryKey {
  readonly aspectNo: number | null;
  readonly categoryNo: number;
}

export function nameAspect(draft: DraftLedger, { aspectNo, title }: { aspectNo: number; title: string }): Change {
  aspectOf(draft, aspectNo);
  const named = titled(title);
  return {
    draft: {
      ...draft,
      aspects: draft.aspects.map((aspect) => (aspect.no === aspectNo ? { ...aspect, title: named } : aspect)),
      issues: draft.issues.map((issue) => (issue.aspectNo === aspectNo ? { ...issue, aspect: named } : issue)),
    },
    set: [`aspect-${aspectNo}.title`],
  };
}

/** A new aspect stands last, with the next number. */
export function addAspect(draft: DraftLedger, { title }: { title: string }): Change {
  const no = nextNo(draft.aspects);
  return {
    draft: { ...draft, aspects: [...draft.aspects, { no, title: titled(title), line: lastLine(draft) }] },
    set: [`aspect-${no}.title`],
  };
}

/** Only an aspect under which nothing stands can go: where its issues belong is a person's word. */
export function dropAspect(draft: DraftLedger, { aspectNo }: { aspectNo: number }): Change {
  const { title } = aspectOf(draft, aspectNo);
  const under =
    draft.issues.filter((issue) => issue.aspectNo === aspectNo).length + draft.categories.filter((one) => one.aspectNo === aspectNo).length;
  if (under > 0) throw notEmpty(`方面${aspectNo}“${title}”`);
  return { draft: { ...draft, aspects: draft.aspects.filter(({ no }) => no !== aspectNo) }, set: [`aspect-${aspectNo}`] };
}

export function nameCategory(draft: DraftLedger, { title, ...key }: CategoryKey & { title: string }): Change {
  categoryOf(draft, key);
  const named = titled(title);
  return {
    draft: {
      ...draft,
      categories: draft.categories.map((category) => (isCategory(category, key) ? { ...category, title: named } : category)),
      issues: draft.issues.map((issue) => (isIn(issue, key) ? { ...issue, category: named } : issue)),
    },
    set: [`${nameOf(key)}.title`],
  };
}

export function addCategory(draft: DraftLedger, { aspectNo, title }: { aspectNo: number | null; title: string }): Change {
  if (aspectNo !== null) aspectOf(draft, aspectNo);
  const no = nextNo(draft.categories.filter((category) => category.aspectNo === aspectNo));
  const category = { no, aspectNo, title: titled(title), line: lastLine(draft) };
  return { draft: { ...draft, categories: [...draft.categories, category] }, set: [`${nameOf({ aspectNo, categoryNo: no })}.title`] };
}

export function dropCategory(draft: DraftLedger, key: CategoryKey): Change {
  const { title } = categoryOf(draft, key);
  if (draft.issues.some((issue) => isIn(issue, key))) throw notEmpty(`项${key.categoryNo}“${title}”`);
  return { draft: { ...draft, categories: draft.categories.filter((category) => !isCategory(category, key)) }, set: [nameOf(key)] };
}

/** Puts an issue under an aspect, and a category of that very aspect; its number stays. */
export function placeIssue(
  draft: DraftLedger,
  { issue, aspectNo, categoryNo }: { issue: string; aspectNo: number | null; categoryNo: number | null },
): Change {
  issueOf(draft, issue);
  const aspect = aspectNo === null ? null : aspectOf(draft, aspectNo).title;
  const category = categoryNo === null ? null : categoryOf(draft, { aspectNo, categoryNo }).title;
  return { draft: withIssue(draft, issue, { aspectNo, aspect, categoryNo, category }), set: [`${issue}.place`] };
}

function aspectOf({ aspects }: DraftLedger, aspectNo: number): Aspect {
  const aspect = aspects.find(({ no }) => no === aspectNo);
  if (aspect === undefined)
    throw badInput('draft.aspectUnknown', `草稿中没有方面${aspectNo}。`, `现有方面：${numbersOf(aspects)}；可先增加方面。`);
  return aspect;
}

function categoryOf({ categories }: DraftLedger, key: CategoryKey): Category {
  const category = categories.find((one) => isCategory(one, key));
  if (category === undefined)
    throw badInput(
      'draft.categoryUnknown',
      `${key.aspectNo === null ? '方面之外' : `方面${key.aspectNo}下`}没有项${key.categoryNo}。`,
      `该处现有的项：${numbersOf(categories.filter(({ aspectNo }) => aspectNo === key.aspectNo))}；可先增加项。`,
    );
  return category;
}

const numbersOf = (all: readonly { no: number }[]): string => all.map(({ no }) => no).join('、') || '无';
const isCategory = ({ no, aspectNo }: Category, key: CategoryKey): boolean => no === key.categoryNo && aspectNo === key.aspectNo;
const isIn = ({ aspectNo, categoryNo }: DraftIssue, key: CategoryKey): boolean =>
  categoryNo === key.categoryNo && aspectNo === key.aspectNo;
const nameOf = ({ aspectNo, categoryNo }: CategoryKey): string => `category-${aspectNo ?? 0}-${categoryNo}`;
const nextNo = (all: readonly { no: number }[]): number => Math.max(0, ...all.map(({ no }) => no)) + 1;
/** What a person adds stands behind what was read. */
const lastLine = ({ issues }: DraftLedger): number => Math.max(1, ...issues.map(({ endLine }) => endLine));
const notEmpty = (what: string): ZhenggaiError => badInput('draft.notEmpty', `${what}下还有问题或项。`, '请先把它们移到别处，再删除。');
