import { chineseNumber } from '../../domain/due-phrase';
import type { DraftIssue } from '../draft';
import type { Prose } from '../prose';
import { kindsIn, type KindHit } from './handling-kinds';
import { narrow } from './width';

type Handling = DraftIssue['handling'][number];

const count =
  '(?<![\\d.前后第])(?<n>\\d{1,6}|[一二两三四五六七八九十]{1,3}|零)\\s?(?:余)?(?<unit>人次|人|名)(?!以上|以下|均|民|员会|才|大|份|口|[^，。；;]{0,6}(?:以上|专家|患者))';
// 立案处理13人, 诫勉谈话共24人次, 批评教育：3人, 诫勉（2人）
const after = new RegExp(
  `^(?:处理|谈话|教育|处分|检查|处罚|措施|了|共计|共|计|为|有|(?<each>各)|人员|干部|党员|人数|合计|的|相关|有关|主要|直接|责任人?|负责人|单位|同志|当事人|其他|\\d{1,4}\\s?[件起案]|\\s|[:：（(])*${count}`,
  'u',
);
const before = new RegExp(count, 'gu');
/** 立案、诫勉和批评教育: kinds named one after another. */
const joining = /^(?:处理|处分|谈话|的|[、和及或与/\s]|以及|并)*$/u;
const several = /^(?:处理|处分|谈话)*等/u;

/** Every mention of handled people with a number, zeros too, in text order: summary and detail both, so never add them up. */
export function handlingIn(prose: Prose): Handling[] {
  const text = narrow(prose.text);
  const clauses = [...clausesOf(text, outside(text)), ...clausesOf(text, inside(text))];
  return clauses
    .flatMap((clause) => mentionsIn(clause))
    .sort((a, b) => a.at - b.at)
    .map(({ kind, count: number, unit, at }) => ({ kind, count: number, unit, line: prose.lineAt(at) }));
}

/** A clause: its words alone, its place, and the text as it goes on behind (into a bracket too). */
interface Clause {
  readonly words: string;
  readonly at: number;
  readonly whole: string;
}

const clausesOf = (text: string, view: string): Clause[] =>
  [...view.matchAll(/[^，,；;。\n]+/gu)].map(({ 0: words, index }) => ({
    words,
    at: index,
    whole: text.slice(index, index + words.length),
  }));

const innermost = /[（(][^（()）\n]{0,200}[)）]/gu;

/** The text with what stands in brackets blanked, and the other way round: 对王某等4人（含科级1人）谈话 counts four. */
const outside = (text: string): string => text.replace(innermost, (bracket) => '\u3000'.repeat(bracket.length));
function inside(text: string): string {
  let end = 0;
  let view = '';
  for (const { 0: bracket, index } of text.matchAll(innermost)) {
    view += `${'\n'.repeat(index - end + 1)}${bracket.slice(1, -1)}\n`;
    end = index + bracket.length;
  }
  return view;
}

interface Mention {
  readonly kind: string;
  readonly count: number;
  readonly unit: '人' | '人次';
  readonly at: number;
}

function mentionsIn({ words, at, whole }: Clause): Mention[] {
  const hits = kindsIn(words);
  const found: Mention[] = [];
  let group: KindHit[] = [];
  let from = 0;
  hits.forEach((hit, index) => {
    group.push(hit);
    const next = hits[index + 1];
    const behind = after.exec(whole.slice(hit.end, next?.at));
    if (behind !== null) {
      const shared = behind.groups?.['each'] === undefined ? [hit] : group;
      found.push(...shared.flatMap((one) => mention(one, behind, at)));
      from = hit.end + behind[0].length;
      group = [];
      return;
    }
    if (next !== undefined && joining.test(words.slice(hit.end, next.at))) return;
    // 对36人进行立案、诫勉等分类处理 counts no kind of its own
    const lead = [...words.slice(from, group[0]?.at ?? 0).matchAll(before)].at(-1);
    if (group.length === 1 && lead !== undefined && !several.test(words.slice(hit.end))) found.push(...mention(hit, lead, at));
    from = hit.end;
    group = [];
  });
  return found;
}

function mention({ kind, at }: KindHit, match: RegExpExecArray | RegExpMatchArray, clauseAt: number): Mention[] {
  const number = chineseNumber(match.groups?.['n'] ?? '');
  return number === null ? [] : [{ kind, count: number, unit: match.groups?.['unit'] === '人次' ? '人次' : '人', at: clauseAt + at }];
}
