import type { Instant } from './time';

/** A content that events refer to; bytes and salt are null when it was erased by a recorded decision. */
export interface DossierContent {
  readonly id: string;
  readonly mediaType: string;
  /** Base64. */
  readonly salt: string | null;
  readonly bytes: string | null;
}

/** A document that lies beside the dossier. */
export interface DossierFile {
  readonly name: string;
  /** Of the paper that it is: 督办通知单〔2026〕3号. */
  readonly label: string;
  readonly sha256: string;
}

/** A head of a stream in an anchor, with the way to its root (RFC 6962). */
export interface DossierProof {
  readonly anchor: {
    readonly schema: 'zhenggai.anchor/1';
    readonly number: number;
    readonly takenAt: Instant;
    readonly streams: number;
    readonly root: string;
    readonly previous: string | null;
    readonly hash: string;
  };
  readonly leaf: { readonly stream: string; readonly version: number; readonly hash: string };
  readonly path: readonly { readonly side: 'left' | 'right'; readonly hash: string }[];
}

/**
 * Everything that proves who closed an issue, when and on what: its events in the exact bytes that are hashed, what they refer to, and
 * the way to an anchor. docs/verify.md says how to check it with standard tools.
 */
export interface Dossier {
  readonly schema: 'zhenggai.dossier/1';
  readonly stream: string;
  readonly title: string;
  readonly takenAt: Instant;
  readonly events: readonly {
    readonly body: string;
    readonly hash: string;
    /** What the event is called and who acted, in words: for reading, proved by nothing. */
    readonly caption: string;
    readonly actor: string;
  }[];
  readonly contents: readonly DossierContent[];
  readonly files: readonly DossierFile[];
  /** Null: no anchor was taken yet. */
  readonly proof: DossierProof | null;
}
