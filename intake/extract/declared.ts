import { chineseNumber } from '../../domain/due-phrase';
import type { DraftDeclared } from '../draft';
import { sentences, type Prose } from '../prose';
import { handlingIn } from './handling';

/** A total that the document states about itself. */
export type Declared = Pick<DraftDeclared, 'what' | 'value' | 'line'>;

const n = '(\\d{1,6}|[一二两三四五六七八九十百零]{1,5})';
const unit = '\\s?(?:余)?(?:个|项|条|件)';
/** Between a verb and its number: 已完成整改问题12个, 建立完善制度共计13项. */
const filler = '(?:整改|问题|任务|事项|的|共|共计|累计|了|有|为|达|[:：]|\\s){0,4}';

/** Each total with the ways in which reports word it. */
const totals: readonly (readonly [string, readonly string[]])[] = [
  ['aspects', [`(?<!从)(?<!从[^，。]{1,3})${n}\\s?个?(?:大)?方面`]],
  [
    'categories',
    [
      `方面[、,，的]{0,2}(?:共)?${n}\\s?(?:大)?(?:项|类|个方面)(?![^，,。；;]{0,3}措施)(?=[、,，共计]|\\d|[一二三四五六七八九十])`,
      `${n}${unit}(?:主要|重点)问题`,
    ],
  ],
  [
    'issues',
    [
      `${n}${unit}(?:具体|突出|反馈|巡察反馈|整改)?问题(?!清单全部|线索|已|均|全部)`,
      `(?:发现|查摆|查找|梳理|反馈)(?:出|整改)*(?:的)?问题${filler}${n}${unit}`,
      `问题清单${filler}${n}${unit}`,
    ],
  ],
  ['not_completed', [`(?:未|尚未|没有)(?:完成|整改)${filler}${n}${unit}`]],
  ['basically_completed', [`基本(?:完成|整改)${filler}${n}${unit}`]],
  ['stage_completed', [`阶段性完成${filler}${n}${unit}`]],
  ['in_progress', [`(?:正在|持续)(?:推进|整改)(?:中)?${filler}${n}${unit}`]],
  ['sustained', [`长期坚持${filler}${n}${unit}`]],
  [
    'completed',
    [
      `(?<!未|基本|阶段性|没有)(?:完成(?:整改)?|整改完成|整改到位|(?<!审批|销售)销号)${filler}${n}${unit}`,
      `${n}${unit}问题(?:清单)?(?:已|均|全部|已全部|均已)(?:整改)?(?:完成|整改|销号|到位)`,
    ],
  ],
  ['tasks', [`(?<!每)${n}${unit}整改任务`]],
  ['measures', [`${n}${unit}(?:具体)?整改措施`, `整改措施${filler}${n}${unit}`]],
  [
    'rules',
    [`(?:制定|修订|建立|完善|出台|健全|新建)(?:和|、|及|修订|完善|健全|出台)*(?:各类|各项)?(?:规章)?制度(?:机制)?${filler}${n}${unit}`],
  ],
  ['risks', [`廉政风险点${filler}${n}${unit}`]],
  ['clues', [`问题线索${filler}${n}${unit}`]],
  [
    'handled_persons',
    [`(?:对|(?<!立案|组织|纪律)处理|问责)[^，,。；;（(]{0,12}?${n}\\s?(?:名|人)(?!次)(?=[^，,。；;]{0,16}(?:处理|问责)|[，,。；;])`],
  ],
  ['handled_person_times', [`(?:处理|问责|[(（])\\s?${n}\\s?人次`]],
  ['handled_section_level', [`科级干部${filler}${n}\\s?人`]],
];
const patterns = totals.flatMap(([what, forms]) => forms.map((form) => [what, new RegExp(form, 'gu')] as const));

const aboutResults = /问题|整改|处理|措施|制度|方面|风险点|线索|方案/;
const noClues = /未[^，,。；;]{0,14}移交[^，,。；;]{0,4}(?:问题)?线索|(?:没有|无)移交[^，,。；;]{0,4}线索/u;

/** The totals stated outside the findings, in text order; each wording of a total once. */
export function declaredIn(paragraphs: readonly Prose[]): Declared[] {
  return unique(paragraphs.flatMap((prose) => sentences(prose.text).flatMap(({ start, end }) => ofSentence(prose, start, end))));
}

function ofSentence(prose: Prose, start: number, end: number): Declared[] {
  const text = prose.text.slice(start, end);
  if (!aboutResults.test(text) || !/[\d一二两三四五六七八九十]|线索/.test(text)) return [];
  const found: (Declared & { at: number })[] = [];
  const taken = new Set<number>();
  for (const [what, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const at = match.index + match[0].lastIndexOf(match[1] ?? '');
      const value = chineseNumber(match[1] ?? '');
      // 完成一项、销号一项 counts nothing
      if (value === null || match[1] === '一' || taken.has(at)) continue;
      taken.add(at);
      found.push({ what, value, line: prose.lineAt(start + at), at });
    }
  }
  if (noClues.test(text)) found.push({ what: 'clues', value: 0, line: prose.lineAt(start), at: 0 });
  const sorted = found.sort((a, b) => a.at - b.at).map(({ what, value, line }) => ({ what, value, line }));
  const kinds = /处理|问责/.test(text) ? handlingIn(prose.slice(start, end)) : [];
  return [...sorted, ...kinds.map(({ kind, count, line }) => ({ what: `handling:${kind}`, value: count, line }))];
}

function unique(found: readonly Declared[]): Declared[] {
  const seen = new Set<string>();
  return found.filter(({ what, value, line }) => {
    const key = `${what}/${value}/${line}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
