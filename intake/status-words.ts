import type { ReportedStatus } from './draft';

type Words = readonly (readonly [ReportedStatus, RegExp])[];

// Both tables run from the most to the least reserved: 未完成 contains 完成, 基本完成 is no 完成, 部分未完成 is neither.
/** What says a state within other words too: a heading 已完成整改的问题. */
const firm: Words = [
  ['partially_rectified', /部分(?:已|未|尚未)?(?:完成|整改(?!措施|任务|要求|工作不|不))|取得明显(?:进展|成效)|整改中取得/],
  [
    'not_completed',
    /(?:未|没有|尚未|还未|暂未|仍未|未能)(?:全部|全面|彻底|按期|按时|如期|及时|完全)*(?:完成|整改(?:到位|完成|完毕|的|$)|销号|办结)/,
  ],
  ['basically_completed', /基本(?:上)?(?:已)?(?:完成|整改(?:到位|完成|完毕))/],
  ['stage_completed', /阶段性(?:的)?(?:完成|整改|销号|成效)|(?:完成|取得)阶段性/],
  [
    'in_progress',
    /正在(?:积极|持续|抓紧|加快|有序|全力|深入)*(?:推进|整改|进行|落实|办理)|(?:持续|继续|长期|积极|有序|稳步)(?:推进|整改)(?:中|$)|(?:整改|推进|进行|办理|落实)中$|推进落实中/,
  ],
  [
    'completed',
    /(?:已|全部|均|完全|按时|按期)(?:经|全部|均|按时|按期|全面|如期)*(?:完成|整改(?:到位|完成|完毕|落实)|销号|办结|整改)|(?:整改|销号)(?:工作)?(?:已)?(?:全部)?(?:完成|到位|完毕)|^完成$|^完成整改|√|☑|✓|✔|^销号$/,
  ],
];

const done = '(?:完成|整改|落实|解决|销号|办结|纠正|到位)';
const how = '(?:全部|全面|彻底|完全|按期|按时|如期|及时|有效|得到|能|已|经|予以|均)*';
/** What says a state where nothing else is said: a label's field, a sentence about the state alone. */
const alone: Words = [
  ['partially_rectified', new RegExp(`部分(?:仍|还|尚)?(?:已|未|没有)?${how}${done}`)],
  ['not_completed', new RegExp(`(?:未|没有|不能|无法)${how}(?:${done}|启动|开展)`)],
  ['basically_completed', new RegExp(`基本(?:上)?${how}${done}`)],
  ['stage_completed', /阶段性/],
  [
    'in_progress',
    /正在|(?:推进|整改|实施|进行|办理|落实|处理)(?:之)?中|(?:持续|继续|有序|稳步|加快|滚动|序时|按计划|按进度)(?:推进|整改|实施)|^在办$/,
  ],
  [
    'completed',
    new RegExp(
      `(?:已|全部|均|都|完全|按时|按期|如期)${how}(?:立行立改|即知即改|${done})|^${done}{1,3}(?:完毕|完成)$|^(?:完成|办结|销号)|100[%％]`,
    ),
  ],
];

/** Words that a sentence may hold and still tell of nothing but the state: 该问题已完成整改，并长期坚持. Longer ones first. */
const stateVocabulary =
  /(?:截至|截止|于)?(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日|底|初|末|中旬|上旬|下旬)?(?:以?前)?|立行立改|即知即改|阶段性|按计划|按进度|大部分|基本上|上述|以上|所有|相关|反馈|问题|事项|任务|目前|现已|截至|截止|已经|予以|得到|全部|全面|完全|彻底|有效|及时|按期|按时|如期|整改|完成|到位|完毕|销号|办结|解决|纠正|落实|基本|目标|成效|成果|取得|部分|尚未|还未|仍未|暂未|未能|没有|不能|无法|启动|开展|正在|推进|实施|进行|办理|处理|积极|持续|长期|坚持|继续|有序|稳步|滚动|序时|进度|抓紧|加快|工作|状态|在办|100[%％]|[该此本项个条现均都已经能未正中并且为是的了率，,、。；;:：\s√✓✔☑]/gu;

/** 需长期坚持, 持续整改: a state where it stands alone (a label, a heading of a section), none at the end of a sentence. */
const sustained =
  /^(?:需要?|须|属于?)?(?:(?:长期|持续|不断)(?:坚持|推进|整改|落实|深化|巩固)(?:整改|推进|落实)?){1,3}(?:的?(?:整改)?(?:问题|事项|任务|类))?(?:[（(]?共?\d*[个项条]?[)）]?)?$/u;

const emptyBox = /[□☐◻](?:\s?[^\s□☐◻☑☒■✓✔√、，,；;]+)?/gu;
const ticks = /[☑☒■✓✔√]/u;
const tickedBox = /[☑☒■✓✔√]\s?([^\s□☐◻☑☒■✓✔√、，,；;]+)/u;

/** A state is a short phrase; what is longer tells of more, and its beginning is enough. */
const longestPhrase = 200;

/** The state that a short phrase says, or null. Of boxes to tick the ticked one counts. */
export function statusWord(phrase: string): ReportedStatus | null {
  const text = phrase.slice(0, longestPhrase);
  if (!/[□☐◻]/u.test(text)) return stateOf(text);
  return ticks.test(text) ? stateOf(tickedBox.exec(text)?.[1] ?? text.replace(emptyBox, '')) : null;
}

/** 已于2024年6月底完成: the date parts what belongs together. */
const dated = /(?:截至|截止|于)?(?:(?:19|20)\d\d年)?\d{1,2}月(?:\d{1,2}日|底|初|末|中旬|上旬|下旬)?(?:以?前)?/gu;

function stateOf(phrase: string): ReportedStatus | null {
  const only = isStateAlone(phrase);
  const text = only ? phrase.replace(dated, '') : phrase;
  const found = [firm, ...(only ? [alone] : [])].flatMap((table) => table.find(([, pattern]) => pattern.test(text))?.[0] ?? []);
  return found[0] ?? (isSustained(text) ? 'in_progress' : null);
}

/** Whether a phrase tells of nothing but a state, dates aside: 该问题已于6月底完成整改. */
export const isStateAlone = (text: string): boolean => text.trim() !== '' && text.replace(stateVocabulary, '') === '';

/** Whether a phrase says nothing but that the rectification goes on for good: 长期坚持. */
export const isSustained = (text: string): boolean => sustained.test(text.replace(/[\s。；;]+/gu, ''));
