import type { DocxLabels } from './docx-labels';
import { paragraphLines } from './docx-space';
import type { DocxStyles, NumberingReference } from './docx-styles';
import { DocxTable } from './docx-table';
import type { Block } from './table';

interface Paragraph {
  style: string | null;
  numbering: NumberingReference;
  indents: boolean | null;
  isMarkHidden: boolean;
  /** Its end has been deleted by a tracked change: it goes on in the next paragraph. */
  isMarkDeleted: boolean;
  hasHiddenText: boolean;
  text: string;
  /** Text boxes that hang on it. */
  readonly boxes: Block[];
}

/** Where paragraphs go. */
interface Sink {
  readonly kind: 'body' | 'cell' | 'box' | 'note';
  readonly blocks: Block[];
  /** Text of paragraphs whose end has been deleted. */
  carried: string;
}

/** Tables and text boxes nested deeper than anyone nests them belong to the cell or box around them. */
const maxNested = 16;

/** Paragraphs, tables, text boxes and notes become blocks, in the order of the document. */
export class DocxFlow {
  readonly notes = new Map<string, readonly Block[]>();
  private readonly body: Sink = { kind: 'body', blocks: [], carried: '' };
  private readonly sinks: Sink[] = [this.body];
  private readonly paragraphs: Paragraph[] = [];
  private readonly tables: (DocxTable | null)[] = [];
  private readonly boxes: boolean[] = [];
  private counted = 0;

  constructor(
    private readonly labels: DocxLabels,
    private readonly styles: DocxStyles,
  ) {}

  /** The blocks of the body, after its end. */
  get blocks(): readonly Block[] {
    return this.body.blocks;
  }

  get paragraph(): Paragraph | undefined {
    return this.paragraphs.at(-1);
  }

  get table(): DocxTable | null {
    return this.tables.at(-1) ?? null;
  }

  startParagraph(): void {
    const numbering = { numId: null, level: null };
    this.paragraphs.push({ ...{ style: null, numbering, indents: null, text: '', boxes: [] }, ...unmarked });
  }

  endParagraph(): void {
    const paragraph = this.paragraphs.pop();
    const sink = this.sinks.at(-1) ?? this.body;
    if (paragraph === undefined) return;
    const text = sink.carried + paragraph.text;
    sink.carried = paragraph.isMarkDeleted ? text : '';
    if (!paragraph.isMarkDeleted && !this.isUnseen(paragraph, text)) this.addLines(sink, paragraph, text);
    for (const block of paragraph.boxes) sink.blocks.push(block);
  }

  startTable(): void {
    this.tables.push(this.tables.length < maxNested ? new DocxTable() : null);
  }

  endTable(): void {
    const table = this.tables.pop() ?? null;
    if (table !== null) this.sinks.at(-1)?.blocks.push(table.block());
  }

  startCell(): void {
    if (this.table === null) return;
    this.table.startCell();
    this.sinks.push({ kind: 'cell', blocks: [], carried: '' });
  }

  endCell(): void {
    if (this.table === null) return;
    const blocks = this.endSink();
    if (this.table.cell !== undefined) this.table.cell.blocks = blocks;
  }

  startBox(): void {
    const isOwn = this.boxes.length < maxNested;
    this.boxes.push(isOwn);
    if (isOwn) this.sinks.push({ kind: 'box', blocks: [], carried: '' });
  }

  endBox(): void {
    if (this.boxes.pop() !== true) return;
    const blocks = this.endSink();
    const target = this.paragraph?.boxes ?? this.sinks.at(-1)?.blocks;
    for (const block of blocks) target?.push(block);
  }

  startNote(): void {
    this.sinks.push({ kind: 'note', blocks: [], carried: '' });
  }

  endNote(id: string): void {
    this.notes.set(id, this.endSink());
  }

  /** Ends the innermost cell, box or note, or the body. */
  endSink(): readonly Block[] {
    const sink = this.sinks.length > 1 ? this.sinks.pop() : this.body;
    if (sink === undefined) return [];
    if (sink.carried !== '') {
      sink.blocks.push(...paragraphLines(sink.carried, false).map((text): Block => ({ kind: 'line', text, place: this.placeIn(sink) })));
    }
    sink.carried = '';
    return sink.blocks;
  }

  /** All of it is hidden, or it is a line of a table of contents. */
  private isUnseen(paragraph: Paragraph, text: string): boolean {
    if (this.styles.isContents(paragraph.style)) return true;
    const isHidden = paragraph.hasHiddenText || paragraph.isMarkHidden;
    return text.trim() === '' && isHidden && (paragraph.isMarkHidden || this.styles.isHidden(paragraph.style, 'paragraph'));
  }

  private addLines(sink: Sink, paragraph: Paragraph, text: string): void {
    const label = this.labels.labelOf(paragraph.style, paragraph.numbering);
    const indents = sink.kind === 'body' && (paragraph.indents ?? this.styles.indents(paragraph.style));
    const lines = paragraphLines(label + text, indents);
    if (lines.length === 0) return;
    if (sink.kind === 'body') this.counted += 1;
    for (const line of lines) sink.blocks.push({ kind: 'line', text: line, place: this.placeIn(sink) });
  }

  /** `第N段` counts the paragraphs with text that stand outside tables; of a text box the paragraph that it hangs on follows. */
  private placeIn({ kind }: Sink): string | null {
    if (kind === 'body') return `第${this.counted}段`;
    return kind === 'box' ? `第${this.counted + 1}段文本框` : null;
  }
}

const unmarked = { isMarkHidden: false, isMarkDeleted: false, hasHiddenText: false } as const;
