import type { DraftIssue } from '../draft';
import type { FindingNode } from '../findings-tree';
import { Prose, sentences } from '../prose';
import { countsIn, fedBackIn, fedBackUncountedIn, namedIn, saysOpen, type FedBack } from './earlier-counts';
import { earlierRoundAt, type EarlierRound } from './earlier-round';

/** What a finding says of an earlier inspection's or audit's findings 屡改屡犯. */
export type Earlier = NonNullable<DraftIssue['earlier']>;

/**
 * The earlier rounds that a finding is about, in text order: in its own words alone, since an account of the rectification speaks of
 * the present round. `presentYear` is the year of the present round's feedback or on-site work, null when it is not known: a round of
 * an earlier year is an earlier one; otherwise the finding must say 上轮 or the like, or tell how the findings were rectified.
 */
export function earlierIn({ sections }: Pick<FindingNode, 'sections'>, presentYear: number | null): Earlier[] {
  const own = sections.filter(({ kind }) => kind === 'statement' || kind === 'finding').map(({ prose }) => prose);
  const account = sections.find(({ unlabelled }) => unlabelled === true)?.prose;
  const prose = Prose.join([...own, ...(account === undefined ? [] : [account])], '\n');
  const ownEnd = Prose.join(own, '\n').text.length;
  const lastAt = account === undefined ? ownEnd : ownEnd + (sentences(account.text)[0]?.end ?? 0);
  const plain = withPlainDigits(prose.text);
  const text: Told = { prose, plain, spans: sentences(plain), ownEnd, lastAt, presentYear };
  const counted = earlierOf(text, fedBackIn(text.plain));
  return counted.length > 0 ? counted : earlierOf(text, fedBackUncountedIn(text.plain));
}

/** What a finding tells, digits plain. */
interface Told {
  readonly prose: Prose;
  readonly plain: string;
  readonly spans: ReturnType<typeof sentences>;
  /** Where its own words end, and an account without a label begins. */
  readonly ownEnd: number;
  /** The first sentence of that account may still be the finding's. */
  readonly lastAt: number;
  readonly presentYear: number | null;
}

function earlierOf(told: Told, stated: readonly FedBack[]): Earlier[] {
  const { prose, plain, ownEnd, lastAt, presentYear } = told;
  const candidates = candidatesIn(
    plain,
    stated.filter(({ at }) => at <= lastAt),
  );
  return candidates.flatMap(({ round, fed }, index) => {
    const end = endOfPassage(told, fed, candidates[index + 1]?.round.at ?? plain.length);
    const earlier = read(plain, { round, fed, end });
    const { identified, saysEarlier, year } = round;
    const isBefore = fed.findings !== null && year !== null && presentYear !== null && year < presentYear;
    const isTold = fed.at < ownEnd && tellsOfRectification(earlier, plain.slice(fed.at, end));
    if (!identified || !(isBefore || saysEarlier || isTold)) return [];
    const raw = prose.slice(round.at, end);
    return [{ ...earlier, raw: raw.text.replace(/[。；;，,\s]+$/u, ''), line: raw.line }];
  });
}

type Candidate = { readonly round: EarlierRound; readonly fed: FedBack };

/** Statements of fed-back findings with the round they belong to. */
function candidatesIn(text: string, stated: readonly FedBack[]): Candidate[] {
  let from = 0;
  return stated.flatMap((fed) => {
    const round = earlierRoundAt(text, from, fed.at);
    if (round === null) return [];
    from = fed.end;
    return [{ round, fed }];
  });
}

/** The passage goes on over the next sentences as long as they count earlier findings too (其中…). */
function endOfPassage({ plain: text, spans }: Told, fed: FedBack, limit: number): number {
  let end = fed.end;
  for (const sentence of spans) {
    if (sentence.end <= fed.end) continue;
    const words = text.slice(Math.max(sentence.start, fed.end), Math.min(sentence.end, limit));
    if (sentence.start > fed.at && !goesOn(words.trim(), fed)) break;
    end = Math.min(sentence.end, limit);
    if (end === limit) break;
  }
  return withoutOuterQuote(text.slice(0, end), fed.at);
}

const goesOn = (words: string, { findings }: FedBack): boolean => {
  const { rectified, sustained, outstanding } = countsIn(words, { findings, numberAt: -1 });
  return /^其中/u.test(words) || (/^(?:截至|目前|已|仍|还|尚|但)/u.test(words) && (rectified ?? sustained ?? outstanding) !== null);
};

/** A heading that quotes the whole finding closes its quotation behind the passage. */
function withoutOuterQuote(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const char = text.charAt(at);
    if ('“「『'.includes(char)) depth += 1;
    if ('”」』'.includes(char)) depth -= 1;
    if (depth < 0) return at;
  }
  return text.length;
}

function read(text: string, { round, fed, end }: Candidate & { readonly end: number }): Omit<Earlier, 'raw' | 'line'> {
  const passage = text.slice(fed.at, end);
  return {
    source: round.source,
    year: round.year,
    findings: fed.findings,
    ...countsIn(passage, { findings: fed.findings, numberAt: fed.numberAt - fed.at }),
    named: namedIn(passage),
  };
}

const tellsOfRectification = ({ rectified, sustained, outstanding }: Omit<Earlier, 'raw' | 'line'>, passage: string): boolean =>
  (rectified ?? sustained ?? outstanding) !== null || saysOpen(passage);

/** １２ are digits too; one character each, so that places stay. */
const withPlainDigits = (text: string): string => text.replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
