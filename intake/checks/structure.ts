import { isRectification } from '../labels';
import type { ReadIssue } from './context';
import { finding, type Check } from './context';

/** A document without a list of findings: it states totals at most, so there is nothing to register. */
export const noFindings: Check = ({ draft }) =>
  draft.issues.length > 0
    ? []
    : [
        finding(
          'error',
          'noFindings',
          `文中没有逐条列出的问题${draft.declared.length > 0 ? '，只写了总数' : ''}，不能据此建账。`,
          draft.declared.map(({ line }) => line),
        ),
      ];

const hasAccount = ({ finding: { sections, shared } }: ReadIssue): boolean =>
  [...sections, ...shared].some(
    ({ kind, prose }) => kind !== 'statement' && kind !== 'loose' && isRectification(kind) && prose.text !== '',
  );

/** Findings of a report that say nothing of their rectification. */
export const missingImplementation: Check = ({ draft, read }) => {
  const without = read.filter((issue) => !hasAccount(issue));
  if (draft.docType === 'feedback' || without.length === read.length) return [];
  return without.map(({ issue }) =>
    finding('warning', 'missingImplementation', `问题${issue.label || issue.number}没有写整改措施或整改情况。`, [issue.line]),
  );
};

/** Several findings that stand above one account. */
export const sharedAccounts: Check = ({ read }) =>
  read.flatMap(({ issue, finding: { shared } }) => {
    const first = shared[0];
    return first === undefined
      ? []
      : [
          finding('info', 'sharedRectification', `问题${issue.label || issue.number}与其后的问题共用一段整改情况。`, [
            issue.line,
            first.prose.line,
          ]),
        ];
  });

/** Numbers that jump or repeat below one heading. Starting again at one below a new heading is a way of numbering. */
export const numbering: Check = ({ read }) => {
  let last = 0;
  return read.flatMap(({ issue, finding: { node } }, index) => {
    const number = node.numbering?.number ?? 0;
    const before = last;
    last = number;
    const restarts = number === 1 && read[index - 1]?.finding.node.parent !== node.parent;
    if (node.numbering?.label === '' || index === 0 || number === before + 1 || restarts) return [];
    const what = number === before ? '重号' : number > before + 1 ? '跳号' : '倒号';
    return [finding('warning', 'numbering', `编号${what}：问题${issue.label}前一个编号是 ${before}。`, [issue.line])];
  });
};

/** `1、` and `1.` side by side on one level. */
export const mixedLabels: Check = ({ read }) => {
  const shapes = new Map<string, number>();
  for (const { issue } of read) {
    const shape = issue.label.replace(/[\d一二三四五六七八九十百]+/gu, '1').replace(/\s+/g, '');
    if (shape !== '' && !shapes.has(shape)) shapes.set(shape, issue.line);
  }
  if (shapes.size < 2) return [];
  return [
    finding('info', 'mixedLabels', `同一层级的问题编号写法不一：${[...shapes.keys()].join('、')}，已按同一层级读取。`, [
      ...shapes.values(),
    ]),
  ];
};

/** Aspects whose numbers jump: 一、二、四、. */
export const aspectNumbers: Check = ({ draft }) =>
  draft.aspects.flatMap(({ no, title, line }, index) => {
    const before = draft.aspects[index - 1]?.no;
    return before === undefined || no <= before + 1
      ? []
      : [finding('info', 'numbering', `方面编号跳号：“${title.slice(0, 30)}”前一个编号是 ${before}。`, [line])];
  });
