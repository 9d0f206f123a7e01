/** Free text or a name lives in the erasable content store; events carry this reference and the proof (ledger/content.ts). */
export interface ContentRef {
  readonly content: string;
  readonly sha256: string;
}
