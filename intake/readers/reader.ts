import type { DraftFinding } from '../draft';

/** A document format, known by its first bytes. */
export type DocumentFormat =
  'txt' | 'csv' | 'docx' | 'xlsx' | 'pptx' | 'odf' | 'ofd' | 'zip' | 'pdf' | 'html' | 'wordXml' | 'mime' | 'rtf' | 'ole' | 'image';

/** A row of a table that stands in a document's text as one line, its cells joined by tabs. */
export interface TableRow {
  /** As they are, line breaks inside a cell kept; what spans several cells is repeated in each. */
  readonly cells: readonly string[];
  /** 1-based line in the text as read. */
  readonly line: number;
}

export interface DocumentTable {
  /** The sheet's name; null where tables have none. */
  readonly name: string | null;
  readonly rows: readonly TableRow[];
}

/** The text of a document as read, and how its bytes were understood. */
export interface DocumentText {
  readonly text: string;
  readonly encoding: string;
  /** Where each line stands in the file (`第3页`, `表1第5行`, `问题清单!第12行`); null or absent where its number says it all. */
  readonly places?: readonly (string | null)[];
  readonly tables?: readonly DocumentTable[];
  /** What the reader saw in the file and its text does not tell: hidden rows, formulas. */
  readonly notes?: readonly DraftFinding[];
}

/** A reader of one format: bytes in, text out. Throws badInput for what it can't read. */
export interface DocumentReader {
  readonly format: DocumentFormat;
  read(bytes: Buffer, file: string): DocumentText | Promise<DocumentText>;
}
