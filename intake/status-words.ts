import type { ReportedStatus } from './draft';

// From the most to the least reserved: 未完成 contains 完成, 基本完成 is no 完成.
const words: readonly (readonly [ReportedStatus, RegExp])[] = [
  ['not_completed', /(?:未|没有|尚未|还未|未能)(?:全部|全面|彻底)?(?:完成|整改(?:到位|完成|完毕)|销号)/],
  ['basically_completed', /基本(?:上)?(?:已)?(?:完成|整改(?:到位|完成|完毕))/],
  ['stage_completed', /阶段性(?:的)?(?:完成|整改|销号|成效)|(?:完成|取得)阶段性/],
  ['partially_rectified', /部分(?:已)?(?:完成|整改)|取得明显(?:进展|成效)|整改中取得/],
  [
    'in_progress',
    /正在(?:积极|持续|抓紧|加快|有序|全力|深入)*(?:推进|整改|进行|落实|办理)|(?:持续|继续|长期|积极|有序|稳步)(?:推进|整改)(?:中|$)|(?:整改|推进|进行|办理|落实)中$|推进落实中/,
  ],
  [
    'completed',
    /(?:已|全部|均|完全|按时|按期)(?:经|全部|均|按时|按期|全面|如期)*(?:完成|整改(?:到位|完成|完毕|落实)|销号|办结|整改)|(?:整改|销号)(?:工作)?(?:已)?(?:全部)?(?:完成|到位|完毕)|^完成$|^完成整改|√|☑|✓|✔|^销号$/,
  ],
];

/** The state that a short phrase says, or null. */
export const statusWord = (text: string): ReportedStatus | null => words.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
