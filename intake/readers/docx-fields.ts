interface Field {
  isCode: boolean;
  code: string;
}

/** A table of contents repeats the headings with page numbers: its result is left out. */
const isContents = (code: string): boolean => /^\s*TOC\b/i.test(code);

/** Which text belongs to fields and isn't shown: their codes, and tables of contents (ECMA-376 part 1, 17.16.18). */
export class DocxFields {
  private readonly open: Field[] = [];
  private hiding = 0;

  /** `kind` is begin, separate or end. */
  mark(kind: string | undefined): void {
    const field = this.open.at(-1);
    if (kind === 'begin') {
      this.open.push({ isCode: true, code: '' });
      this.hiding += 1;
    } else if (kind === 'separate' && field?.isCode === true) {
      field.isCode = false;
      if (!isContents(field.code)) this.hiding -= 1;
    } else if (kind === 'end' && field !== undefined) {
      this.open.pop();
      if (field.isCode || isContents(field.code)) this.hiding -= 1;
    }
  }

  code(text: string): void {
    const field = this.open.at(-1);
    if (field?.isCode === true && field.code.length < 20) field.code += text.slice(0, 20);
  }

  get hides(): boolean {
    return this.hiding > 0;
  }
}
