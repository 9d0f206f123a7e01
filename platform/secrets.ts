import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { unavailable } from '../domain/failure';
import { readIfThere, writeFileAtomic } from './files';

const secretsSchema = z.record(z.string(), z.string().min(16));

/** The random secrets of one data dir, in `secrets.json` (0600). Safe in a URL: base64url, 192 bits. */
export class Secrets {
  private readonly file: string;
  private readonly known: Record<string, string>;

  constructor(dataDir: string) {
    this.file = path.join(dataDir, 'secrets.json');
    this.known = this.read();
  }

  has(name: string): boolean {
    return name in this.known;
  }

  /** The secret of this name; made, and on disk before it is returned, at the first call. */
  get(name: string): string {
    const before = this.known[name];
    if (before !== undefined) return before;
    const secret = randomBytes(24).toString('base64url');
    this.known[name] = secret;
    writeFileAtomic(this.file, `${JSON.stringify(this.known, null, 2)}\n`);
    return secret;
  }

  private read(): Record<string, string> {
    const text = readIfThere(this.file);
    if (text === undefined) return {};
    try {
      return secretsSchema.parse(JSON.parse(text));
    } catch (cause) {
      throw unavailable(
        'secrets-unreadable',
        `密钥文件 ${this.file} 已损坏。`,
        '请从备份中恢复该文件；不要删除它，否则无法再打开数据库。',
        cause,
      );
    }
  }
}
