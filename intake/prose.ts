/** From this offset on, the text stands on this physical line. */
interface Mark {
  readonly at: number;
  readonly line: number;
}

/** A stretch of text that knows the physical line of each of its characters. Immutable. */
export class Prose {
  private constructor(
    readonly text: string,
    private readonly marks: readonly Mark[],
  ) {}

  /** One physical line, or a part of it. */
  static ofLine(text: string, line: number): Prose {
    return new Prose(text, [{ at: 0, line }]);
  }

  /** The parts one after another, with `glue` between them. */
  static join(parts: readonly Prose[], glue: string): Prose {
    const marks: Mark[] = [];
    let at = 0;
    for (const part of parts) {
      for (const mark of part.marks) marks.push({ at: at + mark.at, line: mark.line });
      at += part.text.length + glue.length;
    }
    return new Prose(parts.map((part) => part.text).join(glue), marks.length > 0 ? marks : [{ at: 0, line: 1 }]);
  }

  /** The physical line of the character at the offset. */
  lineAt(offset: number): number {
    return this.marks[this.markAt(offset)]?.line ?? 1;
  }

  /** The index of the last mark at or before the offset. */
  private markAt(offset: number): number {
    let low = 0;
    let high = this.marks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.marks[middle]?.at ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  get line(): number {
    return this.lineAt(0);
  }

  get endLine(): number {
    return this.lineAt(Math.max(this.text.length - 1, 0));
  }

  /** The part from `start` to `end`, without the white space around it. */
  slice(start: number, end: number = this.text.length): Prose {
    const part = this.text.slice(start, end);
    const from = start + (part.length - part.trimStart().length);
    const to = from + part.trim().length;
    const first = this.markAt(from);
    const marks: Mark[] = [{ at: 0, line: this.marks[first]?.line ?? 1 }];
    for (let index = first + 1; index < this.marks.length; index += 1) {
      const mark = this.marks[index];
      if (mark === undefined || mark.at >= to) break;
      if (mark.at > from) marks.push({ at: mark.at - from, line: mark.line });
    }
    return new Prose(part.trim(), marks);
  }
}

const opening = '“‘（(《〈【〔「『';
const closing = '”’）)》〉】〕」』';

/**
 * The sentences with their final stop, as ranges. A stop inside quotation marks or brackets ends nothing; an unclosed
 * bracket is forgotten after 400 characters, so a typing slip can't swallow the rest.
 */
export function sentences(text: string): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  const open: number[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    while (open.length > 0 && at - (open[0] ?? at) > 400) open.shift();
    if (opening.includes(char)) open.push(at);
    else if (closing.includes(char)) open.pop();
    else if (char === '\n' || (open.length === 0 && '。！？!?'.includes(char))) {
      found.push({ start, end: at + 1 });
      start = at + 1;
      if (char === '\n') open.length = 0;
    }
  }
  if (start < text.length) found.push({ start, end: text.length });
  return found.filter(({ start: from, end }) => text.slice(from, end).trim() !== '');
}
