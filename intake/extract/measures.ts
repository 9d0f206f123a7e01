import type { DraftMeasure } from '../draft';
import { enumerationMarks, sequenceOf, type EnumerationMark } from '../enumeration';
import type { Prose } from '../prose';

/** The measures that an account enumerates, top level as written, nested marks as items; empty when it enumerates none. */
export function measuresOf(account: Prose): DraftMeasure[] {
  const marks = enumerationMarks(account.text);
  const top = sequenceOf(marks);
  let from = 0;
  return top.map((mark, index) => {
    const end = top[index + 1]?.at ?? account.text.length;
    while ((marks[from]?.at ?? Infinity) <= mark.at) from += 1;
    const nested: EnumerationMark[] = [];
    for (let at = from; (marks[at]?.at ?? Infinity) < end; at += 1) {
      const inner = marks[at];
      if (inner !== undefined && inner.family !== mark.family) nested.push(inner);
    }
    return measureOf(account, mark, end, sequenceOf(nested));
  });
}

/** A measure that has a row of its own; what its cell enumerates are its items. */
export function measureRow(cell: Prose, no: number): DraftMeasure {
  const [first, ...others] = measuresOf(cell);
  if (first !== undefined && others.length === 0) return { ...first, no };
  const marks = sequenceOf(enumerationMarks(cell.text));
  return measureOf(cell, { at: 0, contentAt: 0, number: no }, cell.text.length, marks);
}

function measureOf(
  account: Prose,
  mark: Pick<EnumerationMark, 'at' | 'contentAt' | 'number'>,
  end: number,
  items: readonly EnumerationMark[],
): DraftMeasure {
  const lead = account.slice(mark.contentAt, items[0]?.at ?? end);
  return {
    no: mark.number,
    text: tidy(lead.text),
    line: account.lineAt(mark.at),
    items: items.map((item, index) => {
      const text = tidy(account.slice(item.contentAt, items[index + 1]?.at ?? end).text);
      return { marker: item.marker, unit: unitOf(text), text, line: account.lineAt(item.at) };
    }),
  };
}

const tidy = (text: string): string => text.replace(/[；;，,\s]+$/u, '');

const named = /^([一-鿿（()）]{2,20})[:：]/u;
// 区医院加强…: a body's name up to its kind of body, when the clause begins with it
const subject =
  /^([一-鿿]{1,14}?(?:医院|卫生院|卫生服务中心|保健院|疾控中心|中心校|学校|分院|[^学书法]院|[^区办]公室|[^市区县]局|(?:街道|[^城乡]镇)(?:社区卫生服务中心|(?:中心)?卫生院|办事处)?))(?:、[一-鿿]{1,14}?(?:医院|卫生院|中心|院|局|镇|街道))?(?=[^长务内部党前后方级])/u;
const verbs =
  /^(?:要求|责成|责令|督促|指导|组织|加强|加大|建立|健全|完善|进一步|协同|协助|根据|结合|通过|制定|修订|针对|关于|对|由|与|向|在|将|从|按|为|就|已|及时|定期|主动|规范|强化|提升|推动|推进|落实|开展|严格|积极|联合|依托|各|该|其|所有|全[市区县院系]|部分|目前)/;

/** The unit that an item names first: `区医院：…` or a clause that begins with a body's name; null when it names none. */
function unitOf(text: string): string | null {
  const before = named.exec(text)?.[1];
  if (before !== undefined && !verbs.test(before) && /[院局所站校镇乡街道中心公司科室委办厅处队]$/u.test(before)) return before;
  return verbs.test(text) ? null : (subject.exec(text)?.[0] ?? null);
}
