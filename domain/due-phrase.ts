import { namedAnchor, namedDate } from './due-phrase-date';
import { noDueContext, type DueContext, type DueQuestion, type DueTerm } from './due-phrase-context';
import { joinFeasts } from './due-phrase-festival';
import { relativeLimit } from './due-phrase-relative';
import { termEnd, termOf, termStart } from './due-phrase-term';
import { clausesOf, normalise, type Clause } from './due-phrase-words';

export { dueQuestionTexts, noDueContext, type DueContext, type DueQuestion, type DueTerm } from './due-phrase-context';
export { chineseNumber } from './due-phrase-words';

/**
 * A due phrase 时限用语, read (design.md, sections 4 and 8).
 * `due` is a day `yyyy-mm-dd`, a month `yyyy-mm` when just a month is named, or null. Rest days are not shifted here.
 */
export interface DuePhrase {
  readonly raw: string;
  /** 立行立改 and its sisters. */
  readonly immediate: boolean;
  /** 长期坚持 and its sisters, and what recurs (每季度). */
  readonly sustained: boolean;
  /** A limit is set, even if its day is not known (yet): a date, a term, a period, "限期整改". */
  readonly limited: boolean;
  /** 集中整改期内: the limit is the end of the round's period and moves with it. */
  readonly boundToPeriod: boolean;
  readonly due: string | null;
  /** Whether the phrase itself names the year of `due`. */
  readonly yearStated: boolean;
  readonly term: DueTerm | null;
  /** The phrase tells of something done, not of a limit still to come: "已于10月完成". */
  readonly done: boolean;
  /** False: nothing was recognised; keep it verbatim and ask. */
  readonly understood: boolean;
  /** What is left open, to be asked; their words are in `dueQuestionTexts`. Empty when the phrase says all. */
  readonly asks: readonly DueQuestion[];
}

const immediateWords =
  /立[行整即查说知接]立?[改行整]|立即|即[知查行时]即?改|即时整改|即刻|接诉即办|未[巡审]先改|边[查巡整督审]边[改整]|马上|第一时间|(?:随时|当场|当即|当天|当日|现场)(?:完成)?整改|^当[天日]$|即日起?(?=$|[,;。、]|开始|整改|执行|落实)/;
const sustainedWords =
  /长期(?!挂账|拖欠|占用|占有|闲置|存在|未|无|不(?!懈)|以来|得不到|借|欠|缺|滞留|空缺)|持续(?!存在|亏损|下降|走低)|常态|长效|久久为功|不断坚持|常抓不懈|长抓不懈|坚持不懈|一以贯之|始终坚持|经常[性化]|日常化|定期/;
const periodWords =
  /(?:集中|专项)?整改期(?:限)?(?:以内|之内|内|间|结束前|届满前|末)|集中整改(?:期(?!(?:限)?(?:满|结束|届满)?(?:以|之)?后)|阶段)/;
const limitWords = /限期(?:整改|完成|办结|销号|改正)|(?:规定|要求|明确)的?(?:时限|期限|时间)(?:以内|之内|内)/;
const eventWords =
  /(?:两会|双节|两节|节日?|党代会|人代会|开学|秋季学期|汛期?|入汛|主汛期|供暖期?|入冬)(?:来临|到来|召开|开始|开幕)?(?:之|以)?前/;
const partWords = /部分|其余|剩余|余下|尚未|未完成|未整改/;

/** Reads a due phrase. Pure and total: any text gives a value, and `due` is always a day or month that exists. */
export function parseDuePhrase(raw: string, context: DueContext = noDueContext): DuePhrase {
  const text = joinFeasts(normalise(raw));
  const clauses = clausesOf(text);
  const immediate = immediateWords.test(text);
  const sustained = sustainedWords.test(text) || clauses.some(({ recurring }) => recurring);
  const limit = limitOf(clauses, context);
  const done = isDone(text, clauses, context);
  const understood = immediate || sustained || done || limit.limited;
  return { raw, immediate, sustained, ...limit, done, understood, asks: understood ? limit.asks : ['words'] };
}

type Limit = Pick<DuePhrase, 'limited' | 'boundToPeriod' | 'due' | 'yearStated' | 'term' | 'asks'>;

const noLimit: Limit = { limited: false, boundToPeriod: false, due: null, yearStated: false, term: null, asks: [] };

/** A date is firmer than the period, the period than a term beside it ("集中整改期（3个月）内"), a term than an event. */
function limitOf(clauses: readonly Clause[], context: DueContext): Limit {
  const open = clauses.filter(({ done }) => !done).map(({ text }) => text);
  const boundToPeriod = open.some((text) => periodWords.test(text));
  const named = namedDate(clauses, context);
  if (named !== null) {
    const { due, yearStated, asks } = named;
    return { ...noLimit, limited: true, boundToPeriod, due, yearStated, asks: asks === null ? [] : [asks] };
  }
  const term = termOf(clauses, namedAnchor(clauses, context));
  if (boundToPeriod) return { ...noLimit, limited: true, boundToPeriod };
  if (term !== null)
    return { ...noLimit, limited: true, term, due: termEnd(term, context), asks: termStart(term, context) === null ? ['anchor'] : [] };
  const relative = relativeLimit(clauses, context);
  if (relative !== null) return { ...noLimit, limited: true, due: relative.due, asks: relative.asks === null ? [] : [relative.asks] };
  if (open.some((text) => eventWords.test(text))) return { ...noLimit, limited: true, asks: ['event'] };
  return open.some((text) => limitWords.test(text)) ? { ...noLimit, limited: true, asks: ['limit'] } : noLimit;
}

/** Done is what no limit comes after: "已完成方案，6月底前整改到位" is to be done, "6月底前（已完成）" is done. A part done is not done. */
function isDone(text: string, clauses: readonly Clause[], context: DueContext): boolean {
  const last = clauses.findLastIndex(({ done }) => done);
  return last >= 0 && !partWords.test(text) && !limitOf(clauses.slice(last + 1), context).limited;
}
