import { chineseNumber } from '../../domain/due-phrase';
import { measuresOf } from '../extract/measures';
import type { ReadIssue } from './context';
import { finding, nameOf, type Check } from './context';

/** 一是, 三是: an enumeration of measures with a gap. */
export const measureNumbers: Check = ({ read }) =>
  read.flatMap((one) => {
    const gap = one.issue.measures.find(({ no }, index) => no !== index + 1);
    return gap === undefined ? [] : [finding('warning', 'measureNumbering', `问题${nameOf(one)}的措施编号不连续。`, [gap.line])];
  });

const promise =
  /(?:制定|采取|提出|细化|明确)(?:了)?(?:以下|如下)?\s?(?<n>\d{1,3}|[二两三四五六七八九十]{1,3})\s?[条项个](?:具体|针对性)?(?:的)?(?:整改)?(?:措施|举措)/u;

/** An issue whose text promises more measures than it lists. */
export const measuresPromised: Check = ({ read }) =>
  read.flatMap((one) => {
    const { measures, text, line } = one.issue;
    const promised = chineseNumber(promise.exec(text)?.groups?.['n'] ?? '') ?? 0;
    if (measures.length === 0 || promised <= measures.length) return [];
    return [finding('warning', 'measuresPromised', `问题${nameOf(one)}称有 ${promised} 条措施，列出的为 ${measures.length} 条。`, [line])];
  });

const partOf = ({ finding: { sections, shared } }: ReadIssue, wanted: 'measures' | 'implementation') =>
  [...sections, ...shared].find(({ kind, prose }) => kind === wanted && prose.text !== '');

/** Measures that nothing is told of: where the document gives both, the enumerated measures outnumber what was done, or nothing was. */
export const unimplementedMeasures: Check = ({ read }) => {
  const withBoth = read.filter((one) => partOf(one, 'measures') !== undefined && partOf(one, 'implementation') !== undefined);
  // a document that tells measures alone is a plan
  if (withBoth.length < read.length / 2) return [];
  return read.flatMap((one) => {
    const planned = partOf(one, 'measures');
    const done = partOf(one, 'implementation');
    if (planned === undefined) return [];
    if (done === undefined)
      return [finding('warning', 'measuresNotImplemented', `问题${nameOf(one)}写了整改措施，没有写落实情况。`, [planned.prose.line])];
    const deeds = measuresOf(done.prose).length;
    const count = measuresOf(planned.prose).length;
    if (deeds < 2 || count <= deeds) return [];
    const message = `问题${nameOf(one)}列出措施 ${count} 条，落实情况只写了 ${deeds} 条。`;
    return [finding('info', 'measuresNotImplemented', message, [planned.prose.line, done.prose.line])];
  });
};
