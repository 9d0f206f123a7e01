/** A document format, known by its first bytes. */
export type DocumentFormat = 'txt' | 'docx' | 'xlsx' | 'pptx' | 'zip' | 'pdf' | 'html' | 'rtf' | 'ole' | 'image';

/** The text of a document as read, and how its bytes were understood. */
export interface DocumentText {
  readonly text: string;
  readonly encoding: string;
}

/** A reader of one format: bytes in, text out. Throws badInput for what it can't read. */
export interface DocumentReader {
  readonly format: DocumentFormat;
  read(bytes: Buffer, file: string): DocumentText | Promise<DocumentText>;
}
