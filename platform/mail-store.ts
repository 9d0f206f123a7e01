import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { fromMillis, type Instant } from '../domain/time';

export type Tone = 'green' | 'yellow' | 'red';

/** One line of the list. */
export interface MailSummary {
  /** Sorts by the time of receipt. */
  readonly id: string;
  readonly receivedAt: Instant;
  /** The addresses it was handed over for (the envelope), lower case. */
  readonly recipients: readonly string[];
  readonly from: string;
  readonly subject: string;
  /** The Date header: in a demo the world's instant. */
  readonly sentAt: Instant | null;
  readonly messageId: string | null;
  /** The X-Zhenggai-Tone header. */
  readonly tone: Tone | null;
}

export interface MailFilter {
  /** Part of a recipient's address. */
  readonly to?: string | undefined;
  /** Received at or after this instant. */
  readonly since?: Instant | undefined;
}

interface Entry {
  readonly id: string;
  readonly recipients: readonly string[];
}

const HEAD_BYTES = 16 * 1024;
const CACHED_SUMMARIES = 20_000;

/**
 * The messages of an inbox: each the raw bytes as received in a file of its own, below trace lines (Return-Path, Delivered-To) that keep the
 * envelope. The list of ids and recipients is in memory; headers are read when a line is shown, bodies when a message is opened.
 */
export class MailStore {
  private readonly summaries = new Map<string, MailSummary>();
  private count = 0;

  private constructor(
    private readonly folder: string,
    private readonly entries: Entry[],
  ) {}

  static async open(folder: string): Promise<MailStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const names = await readdir(folder);
    for (const name of names.filter((one) => one.endsWith('.tmp'))) await rm(path.join(folder, name)); // of a crash: never answered with 250
    const ids = names.filter((name) => name.endsWith('.eml')).map((name) => name.slice(0, -4)); // prettier-ignore
    const store = new MailStore(folder, []);
    for (const id of ids.sort()) store.entries.push({ id, recipients: recipientsOf(await store.head(id)) });
    return store;
  }

  /** Stores a message; when this resolves it is on disk. */
  async add(raw: Buffer, envelope: { from: string; recipients: readonly string[] }): Promise<string> {
    const recipients = envelope.recipients.map((address) => oneLine(address).toLowerCase());
    const id = `${String(Date.now()).padStart(14, '0')}-${String(this.count++ % 1e6).padStart(6, '0')}-${randomBytes(3).toString('hex')}`;
    const trace = [`Return-Path: <${oneLine(envelope.from)}>`, ...recipients.map((address) => `Delivered-To: ${address}`), ''].join('\r\n');
    const temporary = path.join(this.folder, `.${id}.tmp`);
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(Buffer.concat([Buffer.from(trace), raw]));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.fileOf(id));
    const folder = await open(this.folder, 'r');
    await folder.sync().finally(() => folder.close());
    this.insert({ id, recipients });
    return id;
  }

  /** How many messages match. */
  total(filter: MailFilter = {}): number {
    return this.entries.filter((entry) => matches(entry, filter)).length;
  }

  /** Newest first. */
  async list(filter: MailFilter = {}, { offset = 0, limit = 100 } = {}): Promise<MailSummary[]> {
    const found = this.entries.filter((entry) => matches(entry, filter)).reverse();
    const lines: MailSummary[] = [];
    for (const entry of found.slice(offset, offset + limit)) lines.push(await this.summary(entry));
    return lines;
  }

  /** The bytes as stored, or undefined when there is no such message. */
  async raw(id: string): Promise<Buffer | undefined> {
    return this.entries.some((entry) => entry.id === id) ? readFile(this.fileOf(id)) : undefined;
  }

  /** The whole message, parsed. */
  async message(id: string): Promise<{ summary: MailSummary; mail: ParsedMail } | undefined> {
    const entry = this.entries.find((one) => one.id === id);
    if (entry === undefined) return undefined;
    return { summary: await this.summary(entry), mail: await simpleParser(await readFile(this.fileOf(id))) };
  }

  private insert(entry: Entry): void {
    let at = this.entries.length; // messages arrive side by side: nearly always at the end
    while (at > 0 && (this.entries[at - 1]?.id ?? '') > entry.id) at--;
    this.entries.splice(at, 0, entry);
  }

  private async summary(entry: Entry): Promise<MailSummary> {
    const known = this.summaries.get(entry.id);
    if (known !== undefined) return known;
    const mail = await simpleParser(`${await this.head(entry.id)}\r\n\r\n`);
    const tone = mail.headers.get('x-zhenggai-tone');
    const summary: MailSummary = {
      id: entry.id,
      receivedAt: receivedAt(entry.id),
      recipients: entry.recipients,
      from: mail.from?.text ?? '',
      subject: mail.subject ?? '',
      sentAt: mail.date === undefined || Number.isNaN(mail.date.getTime()) ? null : fromMillis(mail.date.getTime()),
      messageId: mail.messageId ?? null,
      tone: tone === 'green' || tone === 'yellow' || tone === 'red' ? tone : null,
    };
    if (this.summaries.size >= CACHED_SUMMARIES) this.summaries.clear();
    this.summaries.set(entry.id, summary);
    return summary;
  }

  /** The header lines, without the body. */
  private async head(id: string): Promise<string> {
    const file = await open(this.fileOf(id), 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      const text = buffer.toString('latin1', 0, bytesRead);
      const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
      return buffer.toString('utf8', 0, end);
    } finally {
      await file.close();
    }
  }

  private fileOf(id: string): string {
    return path.join(this.folder, `${id}.eml`);
  }
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ').trim();
const receivedAt = (id: string): Instant => fromMillis(Number(id.slice(0, 14)));

/** Our own trace lines stand on top; one further down was written by the sender. */
function recipientsOf(head: string): string[] {
  const lines = head.split(/\r?\n/).slice(1);
  const end = lines.findIndex((line) => !line.startsWith('Delivered-To: '));
  return lines.slice(0, end === -1 ? lines.length : end).map((line) => line.slice('Delivered-To: '.length));
}

function matches(entry: Entry, { to, since }: MailFilter): boolean {
  if (since !== undefined && receivedAt(entry.id) < since) return false;
  const wanted = to?.trim().toLowerCase();
  return wanted === undefined || wanted === '' || entry.recipients.some((address) => address.includes(wanted));
}
