import { badInput } from '../domain/failure';

/** An issue as far as matching looks at it: of the round, or of a newer report. */
export interface Titled {
  readonly id: string;
  readonly number: number;
  readonly title: string;
}

/** An issue of the round and the finding of the newer report that tells of it. */
export interface Pair {
  readonly issueId: string;
  /** The finding's id in its draft. */
  readonly found: string;
  /** How like the titles are: Dice over character bigrams, 0 to 1, two decimals. */
  readonly score: number;
  /** By a person; because number and title agree; because the title does. */
  readonly why: 'byHand' | 'numberAndTitle' | 'title';
  /** Another issue of the round that is nearly as like and has no better finding: a person should look. */
  readonly rival: string | null;
}

export interface Matching {
  readonly pairs: readonly Pair[];
  /** Issues of the round that the report does not tell of, in their order. */
  readonly onlyInRound: readonly string[];
  /** Findings of the report that are no issue of the round. */
  readonly onlyInReport: readonly string[];
}

/** With the same number, offices still reword a title this much. */
const LIKE_WITH_NUMBER = 0.4;
/** By the title alone, less than this is another finding. */
const LIKE = 0.6;
/** A number that agrees decides between titles that are about as like. */
const NUMBER_WEIGHS = 0.15;
/** The very title is stronger than a number that agrees with another one. */
const SAME_TITLE_WEIGHS = 0.2;
/** What is this close is a rival. */
const CLOSE = 0.1;
/** A bigram of more issues than this tells nothing: it names no candidates, which keeps the work linear. */
const COMMON = 200;

/**
 * Pairs the findings of a newer report with the issues of a round, best pairs first, each at most once. `byHand` names for findings
 * what a person said; null: none. Pure. Throws `match.unknown`, `match.twice` for a hand that cannot be.
 */
export function matchIssues(
  issues: readonly Titled[],
  found: readonly Titled[],
  byHand: Readonly<Record<string, string | null>> = {},
): Matching {
  const named = pairsByHand(issues, found, byHand);
  const takenIssues = new Set(named.map(({ issueId }) => issueId));
  const judged = found.filter(({ id }) => !Object.hasOwn(byHand, id));
  const candidates = candidatesOf(
    issues.filter(({ id }) => !takenIssues.has(id)),
    judged,
  );
  const chosen = choose(candidates);
  const best = new Map(chosen.map(({ issue, dice }) => [issue.id, dice]));
  const rivals = groupBy(candidates, ({ found: { id } }) => [id]);
  const pairs = [...named, ...chosen.map((one) => pairOf(one, rivalOf(one, rivals.get(one.found.id) ?? [], best)))];
  const pairedIssues = new Set(pairs.map(({ issueId }) => issueId));
  const pairedFound = new Set(pairs.map((pair) => pair.found));
  const order = new Map(issues.map(({ id }, index) => [id, index]));
  return {
    pairs: pairs.sort((a, b) => (order.get(a.issueId) ?? 0) - (order.get(b.issueId) ?? 0)),
    onlyInRound: issues.filter(({ id }) => !pairedIssues.has(id)).map(({ id }) => id),
    onlyInReport: found.filter(({ id }) => !pairedFound.has(id)).map(({ id }) => id),
  };
}

interface Candidate {
  readonly issue: Titled;
  readonly found: Titled;
  readonly dice: number;
  readonly rank: number;
}

function pairsByHand(issues: readonly Titled[], found: readonly Titled[], byHand: Readonly<Record<string, string | null>>): Pair[] {
  const taken = new Set<string>();
  return found.flatMap(({ id, title }) => {
    const issueId = byHand[id] ?? null;
    if (issueId === null) return [];
    const issue = issues.find((one) => one.id === issueId);
    if (issue === undefined) throw badInput('match.unknown', `轮次中没有问题${issueId}。`, '请用 zhenggai issue list 查看编号。');
    if (taken.has(issueId))
      throw badInput('match.twice', `问题${issueId}已指定给报告中的另一个问题。`, '轮次中的一个问题只对应报告中的一个问题。');
    taken.add(issueId);
    return [
      { issueId, found: id, score: rounded(likeness(bigramsOf(issue.title), bigramsOf(title))), why: 'byHand' as const, rival: null },
    ];
  });
}

function candidatesOf(issues: readonly Titled[], found: readonly Titled[]): Candidate[] {
  const known = issues.map((issue) => ({ issue, bare: plain(issue.title), bigrams: bigramsOf(issue.title) }));
  type Known = (typeof known)[number];
  const byBigram = groupBy(known, ({ bigrams }) => bigrams);
  const byNumber = groupBy(known, ({ issue }) => [issue.number]);
  const byTitle = groupBy(known, ({ bare }) => [bare]);
  return found.flatMap((one) => {
    const bare = plain(one.title);
    const bigrams = bigramsOf(one.title);
    const near = new Set<Known>([...(byNumber.get(one.number) ?? []), ...few(byTitle.get(bare))]);
    for (const bigram of bigrams) for (const other of few(byBigram.get(bigram))) near.add(other);
    return [...near].flatMap((other) => {
      const sameNumber = other.issue.number === one.number;
      const dice = likeness(other.bigrams, bigrams);
      if (dice < (sameNumber ? LIKE_WITH_NUMBER : LIKE)) return [];
      return [
        {
          issue: other.issue,
          found: one,
          dice,
          rank: dice + (sameNumber ? NUMBER_WEIGHS : 0) + (other.bare === bare ? SAME_TITLE_WEIGHS : 0),
        },
      ];
    });
  });
}

const few = <T>(all: readonly T[] = []): readonly T[] => (all.length > COMMON ? [] : all);

function groupBy<T, K>(all: readonly T[], keysOf: (one: T) => Iterable<K>): ReadonlyMap<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all)
    for (const key of keysOf(one)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [one]);
      else group.push(one);
    }
  return groups;
}

/** The best candidates, none twice; of equals the one nearest in the list. */
function choose(candidates: readonly Candidate[]): Candidate[] {
  const issues = new Set<string>();
  const findings = new Set<string>();
  const apart = ({ issue, found }: Candidate): number => Math.abs(issue.number - found.number);
  return [...candidates]
    .sort((a, b) => b.rank - a.rank || apart(a) - apart(b))
    .filter(({ issue, found }) => {
      if (issues.has(issue.id) || findings.has(found.id)) return false;
      issues.add(issue.id);
      findings.add(found.id);
      return true;
    });
}

function rivalOf(chosen: Candidate, others: readonly Candidate[], best: ReadonlyMap<string, number>): string | null {
  const rival = others.find(
    ({ issue, rank, dice }) => issue.id !== chosen.issue.id && chosen.rank - rank < CLOSE && dice > (best.get(issue.id) ?? 0),
  );
  return rival?.issue.id ?? null;
}

const pairOf = ({ issue, found, dice }: Candidate, rival: string | null): Pair => ({
  issueId: issue.id,
  found: found.id,
  score: rounded(dice),
  why: issue.number === found.number ? 'numberAndTitle' : 'title',
  rival,
});

/** A title without what offices vary: width, marks, blanks, 关于 before and 的整改情况 or 问题 after. */
export function plain(title: string): string {
  const bare = title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, '');
  const core = bare
    .replace(/^关于/, '')
    .replace(/(?:的?整改(?:落实)?(?:情况|进展)*)$/, '')
    .replace(/的?问题$/, '');
  return core === '' ? bare : core;
}

function bigramsOf(title: string): ReadonlySet<string> {
  const chars = Array.from(plain(title));
  return new Set(chars.length < 2 ? chars : chars.slice(1).map((char, index) => `${chars[index] ?? ''}${char}`));
}

/** Dice: twice what is shared over both sizes; nothing is like nothing. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const bigram of a.size < b.size ? a : b) if ((a.size < b.size ? b : a).has(bigram)) shared += 1;
  return (2 * shared) / (a.size + b.size);
}

const rounded = (score: number): number => Math.round(score * 100) / 100;
