import { finding, type Check } from './context';

/** States between rectified and not: with one of them beside, the two need not add up. */
const betweenStates = /基本|阶段性|部分|正在|推进中/u;

/** Earlier findings that were fed back against those rectified and not: 35 fed back, 35 rectified, and yet 3 are not. */
export const earlierSums: Check = ({ draft }) =>
  draft.issues.flatMap(({ label, number, earlier }) => {
    const { findings, rectified, outstanding, raw, line } = earlier ?? noEarlier;
    if (findings === null || rectified === null || outstanding === null || betweenStates.test(raw)) return [];
    if (findings === rectified + outstanding) return [];
    const name = label || String(number);
    const counts = `以往反馈的 ${findings} 个问题已整改 ${rectified} 个`;
    return rectified === findings
      ? [finding('warning', 'claimedDoneYetNot', `问题${name}称${counts}，同时又称 ${outstanding} 个未整改到位。`, [line])]
      : [finding('warning', 'earlierSum', `问题${name}称${counts}、未整改到位 ${outstanding} 个，两者之和与反馈数不符。`, [line])];
  });

/** “甲”“乙”等5个: so many are named as examples. */
const asExamples = /[”"’」』》](?:问题)?等/u;

/** The earlier findings that are named against how many the text declares not rectified. */
export const earlierNames: Check = ({ draft }) =>
  draft.issues.flatMap(({ label, number, earlier }) => {
    const { outstanding, named, raw, line } = earlier ?? noEarlier;
    if (outstanding === null || named.length === 0 || named.length === outstanding) return [];
    if (named.length < outstanding && asExamples.test(raw)) return [];
    const message = `问题${label || number}称以往问题 ${outstanding} 个未整改到位，列出名称的为 ${named.length} 个。`;
    return [finding('warning', 'earlierNames', message, [line])];
  });

/** A finding about several earlier rounds: the draft holds the first. */
export const earlierRounds: Check = ({ read }) =>
  read.flatMap(({ issue, earlier: [, ...others] }) =>
    others.map(({ source, raw, line }) =>
      finding(
        'warning',
        'earlierSeveral',
        `问题${issue.label || issue.number}还涉及另一轮以往问题“${source ?? raw}”，未计入，请登记后用 linkRecurrence 补充。`,
        [line],
      ),
    ),
  );

const noEarlier = { findings: null, rectified: null, outstanding: null, named: [], raw: '', line: 1 };
