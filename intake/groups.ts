import { isStateHeading, wordsOf } from './headings';
import type { OutlineNode } from './outline';
import { aspectTitleOf, firstSentence, titleOf } from './titles';

/** An aspect 方面 (`aspect` null) or a category 项 of one. */
export interface Group {
  readonly no: number;
  readonly title: string;
  readonly line: number;
  readonly aspect: Group | null;
}

/** Gives the headings above findings their role. Levels that only contain (整改情况, 已完成的问题) have none. */
export class Groups {
  private readonly known = new Map<OutlineNode, Group>();
  private readonly lastNo = new Map<Group | null, number>();

  /** `singleSection`: all findings stand below one outermost heading. */
  constructor(private readonly singleSection: boolean) {}

  /** The aspect and the category that the headings above a finding (outermost first) stand for. */
  of(above: readonly OutlineNode[]): { aspect: Group | null; category: Group | null } {
    const [first, second] = above.filter((node, depth) => !isStateHeading(node) && !this.isContainer(node, depth, above.length));
    const aspect = first === undefined ? null : this.groupOf(first, null);
    return { aspect, category: second === undefined ? null : this.groupOf(second, aspect) };
  }

  private isContainer(node: OutlineNode, depth: number, levels: number): boolean {
    if (depth > 0) return false;
    const words = firstSentence(wordsOf(node));
    if (/方面/.test(words)) return false;
    if (levels >= 3) return true;
    return /整改|落实|反馈|进展|问题/.test(words) && (this.singleSection || containerEnd.test(words));
  }

  private groupOf(node: OutlineNode, aspect: Group | null): Group {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const last = this.lastNo.get(aspect) ?? 0;
    const own = node.numbering?.number ?? 0;
    const no = own > last ? own : last + 1;
    const words = wordsOf(node);
    const group = { no, title: aspect === null ? aspectTitleOf(words) : titleOf(words), line: node.heading?.line ?? 1, aspect };
    this.lastNo.set(aspect, no);
    this.known.set(node, group);
    return group;
  }
}

const containerEnd = /(?:问题|意见|整改|落实|事项|任务)的?(?:整改|落实|完成|进展)*(?:情况|工作|进展)$/;
