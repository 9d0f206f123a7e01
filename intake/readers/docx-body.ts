import { DocxFields } from './docx-fields';
import { DocxFlow } from './docx-flow';
import type { DocxLabels } from './docx-labels';
import { firstLineIndents, isOn, type DocxStyles } from './docx-styles';
import { symbolOf } from './docx-symbols';
import { gridSpan } from './docx-table';
import type { Attributes, MarkupHandler } from './markup';
import type { Block } from './table';

/** Not in the text: what tracked changes removed, properties as they were before, readings above characters, the grid. */
const unread = new Set(
  'w:delText w:delInstrText w:pPrChange w:rPrChange w:sectPrChange w:tblPrChange w:tcPrChange w:trPrChange w:tblPrExChange w:tblGridChange w:numberingChange w:rt w:sectPr w:tblGrid'.split(
    ' ',
  ),
);

export interface DocxBodyOptions {
  readonly labels: DocxLabels;
  readonly styles: DocxStyles;
  /** False for a document with a field that never ends: it would hide everything behind it. */
  readonly heedsFields: boolean;
}

/** Takes the XML of a document or of its notes and gives its text in blocks, as Word shows it with all changes accepted. */
export class DocxBody implements MarkupHandler {
  /** Footnotes and endnotes in the order in which the text refers to them. */
  readonly references: { readonly kind: 'footnote' | 'endnote'; readonly id: string }[] = [];
  private readonly flow: DocxFlow;
  private readonly fields = new DocxFields();
  private readonly inside: string[] = [];
  private readonly runs: { isHidden: boolean | null; style: string | null }[] = [];
  /** Of each open mc:AlternateContent: one of its choices has been taken. */
  private readonly choices: boolean[] = [];
  private readonly controls: { isLeftOut: boolean }[] = [];
  private readonly noteIds: string[] = [];
  private skipped = 0;

  constructor(private readonly options: DocxBodyOptions) {
    this.flow = new DocxFlow(options.labels, options.styles);
  }

  get blocks(): readonly Block[] {
    return this.flow.blocks;
  }

  get notes(): ReadonlyMap<string, readonly Block[]> {
    return this.flow.notes;
  }

  get hasOpenField(): boolean {
    return this.fields.hides;
  }

  open(name: string, attributes: Attributes): void {
    const parent = this.inside.at(-1) ?? '';
    if (this.skipped > 0 || this.isLeftOut(name, { parent, attributes })) {
      this.skipped += 1;
      return;
    }
    const holder = this.inside.at(-2) ?? '';
    this.inside.push(name);
    if (parent === 'w:r') this.inRun(name, attributes);
    else if (parent === 'w:rPr') this.ofRun(name, holder, attributes);
    else if (parent === 'w:pPr' || parent === 'w:numPr') this.ofParagraph(name, attributes);
    else if (parent === 'w:tcPr' || parent === 'w:trPr') this.ofTable(name, attributes);
    else if (name === 'w:docPartGallery' && /table of contents/i.test(attributes['w:val'] ?? '')) this.leaveOutControl();
    else if (name === 'w:showingPlcHdr' && isOn(attributes['w:val'])) this.leaveOutControl();
    this.start(name, attributes);
  }

  close(name: string): void {
    if (this.skipped > 0) {
      this.skipped -= 1;
      return;
    }
    this.inside.pop();
    if (name === 'w:p') this.flow.endParagraph();
    else if (name === 'w:r') this.runs.pop();
    else if (name === 'w:tbl') this.flow.endTable();
    else if (name === 'w:tc') this.flow.endCell();
    else if (name === 'w:txbxContent') this.flow.endBox();
    else if (name === 'w:sdt') this.controls.pop();
    else if (name === 'mc:AlternateContent') this.choices.pop();
    else if (name === 'w:footnote' || name === 'w:endnote') this.flow.endNote(this.noteIds.pop() ?? '');
    else if (name === 'w:body') this.flow.endSink();
  }

  text(text: string): void {
    if (this.skipped > 0) return;
    const name = this.inside.at(-1);
    if (name === 'w:t' || name === 'm:t') this.add(text);
    else if (name === 'w:instrText') this.fields.code(text);
  }

  private isLeftOut(name: string, { parent, attributes }: { parent: string; attributes: Attributes }): boolean {
    if (unread.has(name)) return true;
    // in properties the same elements mark the end of a paragraph or a whole row
    if (name === 'w:del' || name === 'w:moveFrom') return parent !== 'w:rPr' && parent !== 'w:trPr';
    if (name === 'w:sdtContent') return this.controls.at(-1)?.isLeftOut === true;
    if (name === 'mc:Fallback') return this.choices.at(-1) === true;
    if (name === 'w:footnote' || name === 'w:endnote') return !/^(?:normal)?$/.test(attributes['w:type'] ?? '');
    if (name !== 'mc:Choice') return false;
    const isTaken = this.choices.at(-1) === true;
    if (this.choices.length > 0) this.choices[this.choices.length - 1] = true;
    return isTaken;
  }

  private start(name: string, attributes: Attributes): void {
    if (name === 'w:p') this.flow.startParagraph();
    else if (name === 'w:r' || name === 'm:r') this.startRun(name);
    else if (name === 'w:tbl') this.flow.startTable();
    else if (name === 'w:tr') this.flow.table?.startRow();
    else if (name === 'w:tc') this.flow.startCell();
    else if (name === 'w:txbxContent') this.flow.startBox();
    else if (name === 'w:sdt') this.controls.push({ isLeftOut: false });
    else if (name === 'mc:AlternateContent') this.choices.push(false);
    else if (name === 'w:footnote' || name === 'w:endnote') {
      this.noteIds.push(attributes['w:id'] ?? '');
      this.flow.startNote();
    }
  }

  private startRun(name: string): void {
    if (name === 'w:r') this.runs.push({ isHidden: null, style: null });
  }

  private leaveOutControl(): void {
    const control = this.controls.at(-1);
    if (control !== undefined) control.isLeftOut = true;
  }

  private inRun(name: string, attributes: Attributes): void {
    if (name === 'w:tab' || name === 'w:ptab') this.add('\t');
    else if (name === 'w:br' || name === 'w:cr') this.add('\n');
    else if (name === 'w:noBreakHyphen') this.add('-');
    else if (name === 'w:sym') this.add(symbolOf(attributes['w:font'], attributes['w:char']));
    else if (name === 'w:fldChar' && this.options.heedsFields) this.fields.mark(attributes['w:fldCharType']);
    else if (name === 'w:footnoteReference') this.references.push({ kind: 'footnote', id: attributes['w:id'] ?? '' });
    else if (name === 'w:endnoteReference') this.references.push({ kind: 'endnote', id: attributes['w:id'] ?? '' });
  }

  /** Properties of a run, or of the mark that ends a paragraph. */
  private ofRun(name: string, holder: string, attributes: Attributes): void {
    const { paragraph } = this.flow;
    const run = this.runs.at(-1);
    if (holder === 'w:pPr' && paragraph !== undefined) {
      if (name === 'w:vanish') paragraph.isMarkHidden = isOn(attributes['w:val']);
      if (name === 'w:del' || name === 'w:moveFrom') paragraph.isMarkDeleted = true;
    } else if (holder === 'w:r' && run !== undefined) {
      if (name === 'w:vanish') run.isHidden = isOn(attributes['w:val']);
      if (name === 'w:rStyle') run.style = attributes['w:val'] ?? null;
    }
  }

  private ofParagraph(name: string, attributes: Attributes): void {
    const { paragraph } = this.flow;
    const value = attributes['w:val'];
    if (paragraph === undefined) return;
    if (name === 'w:pStyle') paragraph.style = value ?? null;
    if (name === 'w:numId') paragraph.numbering = { ...paragraph.numbering, numId: value ?? null };
    if (name === 'w:ilvl') paragraph.numbering = { ...paragraph.numbering, level: Number(value ?? 0) };
    if (name === 'w:ind') paragraph.indents = firstLineIndents(attributes);
  }

  private ofTable(name: string, attributes: Attributes): void {
    const { row, cell } = this.flow.table ?? {};
    const value = attributes['w:val'];
    if (row !== undefined && name === 'w:gridBefore') row.before = gridSpan(value);
    if (row !== undefined && (name === 'w:del' || name === 'w:moveFrom')) row.isDeleted = true;
    if (cell === undefined) return;
    if (name === 'w:gridSpan') cell.colSpan = Math.max(gridSpan(value), 1);
    if (name === 'w:vMerge' && value !== 'restart') cell.continues = 'above';
    if (name === 'w:hMerge' && value !== 'restart') cell.continues = 'left';
  }

  private add(text: string): void {
    const { paragraph } = this.flow;
    if (paragraph === undefined || this.fields.hides) return;
    const run = this.runs.at(-1);
    const { styles } = this.options;
    const isHidden = run?.isHidden ?? (styles.isHidden(run?.style ?? null, 'character') || styles.isHidden(paragraph.style, 'paragraph'));
    if (isHidden) paragraph.hasHiddenText = true;
    else paragraph.text += text;
  }
}
