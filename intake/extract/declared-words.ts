/** Between a verb and its number: 已完成整改问题12个, 建立完善制度共计13项. */
const filler = '(?:整改|问题|任务|事项|清单|的|共|共计|合计|累计|总计|了|有|为|达|[:：]|\\s){0,5}$';
const ends = (words: string): RegExp => new RegExp(`(?:${words})${filler}`, 'u');

/** What stands around a count in its sentence. */
export interface Surroundings {
  /** What its clause says before the number. */
  readonly clause: string;
  /** What its sentence says before the number. */
  readonly sentence: string;
  /** What follows the unit. */
  readonly behind: string;
  readonly unit: string;
  /** What the count before it in the same clause was taken for, when nothing but marks stands between. */
  readonly previous: string | null;
}

/** A way in which reports word a total; null where the total takes no such count. */
type Reading = (around: Surroundings) => boolean;

const fedBack = /反馈|指出|发现|提出|查出|查摆|查找|梳理|认领|巡[察视]|审计/u;
/** Parts of the whole, or what somebody did about some of them: no total. */
const partial =
  /其中|立行立改|长期坚持|限期|剩余|其余|余下|还有|尚有|另有|领办|督办|挂牌|包案|难点|解决|研究|推动|选取|抽查|讨论|化解|第$|对[^，]{0,4}$|上一?轮|以往|历次|往年|上次/u;
const problems = /^\s?(?:具体|突出|反馈|巡察反馈|整改|主要|方面的?|类)*(?:的)?问题(?!线索|清单全部)/u;
const thenDone = (verbs: string): RegExp =>
  new RegExp(`^\\s?(?:具体|反馈)?(?:问题|事项)(?:清单)?(?:目前|现|均|都|已经?|全部)*(?:${verbs})(?![^，,。；;]{0,8}\\d)`, 'u');

/** Each total with its wordings, the first that fits wins: a count is one total. */
export const readings: readonly (readonly [string, Reading])[] = [
  [
    'aspects',
    ({ behind, clause, unit }) => (unit === '大' ? /^方面/u : /^\s?(?:大)?方面/u).test(behind) && !/从[^，。]{0,3}$/u.test(clause),
  ],
  [
    'categories',
    ({ behind, previous, unit, sentence }) =>
      (previous === 'aspects' && /^[项类个大]$/u.test(unit) && /^(?:类)?[、,，共计]{0,3}\s?[\d一二两三四五六七八九十]/u.test(behind)) ||
      (unit === '类' && previous === 'aspects') ||
      (/^(?:主要|重点)问题[^。]{0,6}\d/u.test(behind) && fedBack.test(sentence)),
  ],
  [
    'not_completed',
    ({ clause, behind }) =>
      ends('(?:未|没有)(?:能)?(?:完成|整改)(?:到位|整改)?').test(clause) || thenDone('尚?未(?:完成|整改)').test(behind),
  ],
  [
    'basically_completed',
    ({ clause, behind }) => ends('基本(?:完成|整改)(?:到位|整改)?').test(clause) || thenDone('基本(?:完成|整改)').test(behind),
  ],
  [
    'stage_completed',
    ({ clause, behind }) =>
      ends('阶段性(?:完成|整改|销号)(?:整改)?|取得阶段性(?:成效|成果)').test(clause) || thenDone('取得阶段性|阶段性完成').test(behind),
  ],
  [
    'partially_rectified',
    ({ clause, behind }) => ends('部分(?:完成|整改)(?:整改)?').test(clause) || thenDone('部分(?:完成|整改)').test(behind),
  ],
  [
    'in_progress',
    ({ clause, behind }) =>
      ends('(?:正在|持续|继续)(?:推进|整改)(?:中|整改|落实)?').test(clause) ||
      thenDone('(?:正在|持续|仍在)[^，。；;]{0,4}(?:推进|整改)').test(behind),
  ],
  ['sustained', ({ clause }) => ends('长期坚持').test(clause)],
  [
    'completed',
    ({ clause, behind }) =>
      ends(
        '(?<!未|基本|阶段性|没有|部分|能|全面)(?:已?完成(?:整改)?|整改完成|整改到位|已(?:全部|经)?整改(?:到位|完成)?|(?<!审批|销售)销号)',
      ).test(clause) || thenDone('(?:整改)?(?:完成|整改|销号|到位|办结)').test(behind),
  ],
  ['tasks', ({ clause, behind }) => /^\s?整改任务/u.test(behind) && !/每$/u.test(clause)],
  [
    'measures',
    ({ clause, behind }) =>
      /^\s?(?:具体|针对性)?(?:的)?整改(?:措施|举措)/u.test(behind) ||
      ends('(?:整改|具体)(?:措施|举措)').test(clause) ||
      (/制定|细化|确定|形成|提出/u.test(clause) && /^\s?(?:具体|针对性)?(?:的)?(?:措施|举措)/u.test(behind)),
  ],
  [
    'rules',
    ({ clause, behind }) =>
      ends('(?:制定|修订|建立|完善|出台|健全|新建)(?:和|、|及|修订|完善|健全|出台|各类|各项|规章)*制度(?:机制|文件)?').test(clause) ||
      (/制定|修订|建立|完善|出台|健全|新建/u.test(clause) && /^\s?(?:规章|管理|工作)?制度/u.test(behind)),
  ],
  ['risks', ({ clause }) => ends('廉政风险点').test(clause)],
  [
    'clues',
    ({ clause, behind }) =>
      ends('问题线索|移[交送]线索').test(clause) || (/移[交送]|发现|收到/u.test(clause) && /^\s?(?:问题)?线索/u.test(behind)),
  ],
  [
    'issues',
    ({ clause, sentence, behind, previous }) =>
      (problems.test(behind) && fedBack.test(sentence) && !partial.test(clause) && !/已|未|正在|完成|整改$/u.test(clause)) ||
      new RegExp(`(?:发现|查摆|查找|梳理|反馈|指出|提出)(?:出|整改)*(?:的)?(?:突出|具体|主要)?问题${filler}`, 'u').test(clause) ||
      ends('问题清单').test(clause) ||
      // 36个问题中，立行立改8个
      (clause === '' && /^(?:具体|反馈)?问题中[，,]/u.test(behind)) ||
      // 26个问题已整改完成24个
      (!partial.test(clause) &&
        /^(?:具体|反馈)?问题(?:目前|现)?(?:均|已)?[^，,。；;]{0,8}(?:完成|整改|销号)[^，,。；;]{0,4}\d/u.test(behind)) ||
      // 存在的问题共4个方面18条
      (['aspects', 'categories'].includes(previous ?? '') && /问题/u.test(sentence) && /^\s?(?:[，,。；;]|$)/u.test(behind)) ||
      // 反馈涉及我局的问题共有二十六个
      new RegExp(`反馈[^，,。；;]{0,16}的?问题${filler}`, 'u').test(clause),
  ],
  ['handled_section_level', ({ clause, unit }) => /^[人名]$/u.test(unit) && /科级(?:领导)?干部[^，]{0,2}$/u.test(clause)],
  [
    'handled_person_times',
    ({ clause, sentence, unit }) =>
      unit === '人次' &&
      (/(?:处理|问责)[^，,。；;（(]{0,12}$/u.test(clause) || (clause === '' && /处理|问责|对[^，。；;]{0,12}[人名][（(]$/u.test(sentence))),
  ],
  [
    'handled_persons',
    ({ clause, behind, unit }) =>
      /^[人名]$/u.test(unit) &&
      ((/(?:问责|(?<!立案|组织|纪律)处理)[^，,。；;（(]{0,12}$/u.test(clause) &&
        /^[（(，,。；;]|^$|^[^，,。；;]{0,16}(?:处理|问责)/u.test(behind)) ||
        (/对[^，,。；;（(]{0,12}$/u.test(clause) && /^[^，,。；;]{0,16}(?:处理|问责)/u.test(behind))),
  ],
];
