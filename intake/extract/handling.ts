import { chineseNumber } from '../../domain/due-phrase';
import type { DraftIssue } from '../draft';
import type { Prose } from '../prose';

type Handling = DraftIssue['handling'][number];

/** Kinds of handling 人员处理 with the words that mean them, the longer words first. */
const kinds: readonly (readonly [string, string])[] = [
  ['党纪政务处分', '党、政纪处分|党政纪处分|党纪政务处分|党纪政纪处分|党纪、政务处分'],
  ['党纪处分', '党纪处分|党内严重警告|党内警告|撤销党内职务|留党察看|开除党籍'],
  ['政务处分', '政务处分|政纪处分|行政处分|政务警告|政务记过|撤职|降级'],
  ['立案', '立案审查调查|立案审查|立案处理|立案'],
  ['诫勉', '诫勉谈话|诫勉'],
  ['谈话提醒', '谈话提醒|提醒谈话|约谈提醒|警示谈话|提醒约谈'],
  ['约谈', '集体约谈|约谈'],
  ['谈话', '严肃谈话|廉政谈话'],
  ['批评教育', '批评教育'],
  ['责令检查', '责令(?:作出|做出)?(?:书面)?检查|书面检查'],
  ['通报批评', '通报批评'],
  ['组织处理', '组织处理|组织调整'],
  ['调整岗位', '调整岗位|调离岗位|岗位调整'],
  ['经济处理', '经济处理|经济处罚|经济处分'],
  ['移送司法', '移送司法机关|移送司法'],
  ['问责', '追责问责|问责'],
];
const anyKind = new RegExp(kinds.map(([, words], index) => `(?<k${index}>${words})`).join('|'), 'gu');
const count = '(?<![\\d.前后第])(?<n>\\d{1,6}|[一二两三四五六七八九十]{1,3}|零)\\s?(?:余)?(?<unit>人次|人|名)(?!以上|以下|均|民|员|才|大)';
// 立案处理13人, 诫勉谈话共24人次
const after = new RegExp(`^(?:处理|谈话|教育|处分|检查|了|共计|共|计|有|人员|干部|合计|\\s|[:：])*${count}`, 'u');
const before = new RegExp(count, 'gu');

/** Every mention of handled people with a number, zeros too, in text order: summary and detail both, so never add them up. */
export function handlingIn(prose: Prose): Handling[] {
  const found: Handling[] = [];
  for (const clause of prose.text.matchAll(/[^，,；;。：:\n（()）]+/gu)) {
    const hits = [...clause[0].matchAll(anyKind)].map((hit) => ({
      kind: kindOf(hit.groups),
      at: hit.index,
      end: hit.index + hit[0].length,
    }));
    const counted = hits.flatMap(({ kind, at, end }) => mention(kind, after.exec(clause[0].slice(end)), prose.lineAt(clause.index + at)));
    const [only] = hits;
    if (counted.length === 0 && hits.length === 1 && only !== undefined) {
      const nearest = [...clause[0].slice(0, only.at).matchAll(before)].at(-1);
      counted.push(...mention(only.kind, nearest ?? null, prose.lineAt(clause.index + only.at)));
    }
    found.push(...counted);
  }
  return found;
}

const kindOf = (groups: Readonly<Record<string, string | undefined>> | undefined): string =>
  kinds.find((_, index) => groups?.[`k${index}`] !== undefined)?.[0] ?? '';

function mention(kind: string, match: RegExpExecArray | RegExpMatchArray | null, line: number): Handling[] {
  const number = chineseNumber(match?.groups?.['n'] ?? '');
  return number === null ? [] : [{ kind, count: number, unit: match?.groups?.['unit'] === '人次' ? '人次' : '人', line }];
}
