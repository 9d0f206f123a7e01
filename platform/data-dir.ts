import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { badInput } from '../domain/failure';
import { readIfThere } from './files';
import { packageRoot } from './package-root';

/** A demo data dir has a clock of its own and can never become a production one, nor the other way round. */
export type DataDirKind = 'demo' | 'production';

const markerSchema = z.object({
  kind: z.enum(['demo', 'production']),
  createdAt: z.string(),
  /** Of the program that made it. */
  version: z.string(),
});
export type DataDirMarker = z.infer<typeof markerSchema>;

const MARKER = 'zhenggai.json';
const NAMES = { demo: '演示', production: '正式' } as const;

/** What this data dir is, or undefined when it is none of ours. */
export function readMarker(dataDir: string): DataDirMarker | undefined {
  const file = path.join(dataDir, MARKER);
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return markerSchema.parse(JSON.parse(text));
  } catch {
    throw badInput('data-dir-marker', `数据目录的标记文件 ${file} 已损坏。`, '请从备份中恢复该文件，或换一个数据目录。');
  }
}

/** Makes the data dir, or opens it when it is one of the same kind. Never deletes anything. */
export function claimDataDir(dataDir: string, kind: DataDirKind): DataDirMarker {
  makeDirectory(dataDir);
  const before = readMarker(dataDir);
  if (before !== undefined) return requireKind(dataDir, before, kind);
  if (readdirSync(dataDir).some((name) => name !== 'lost+found')) {
    throw badInput(
      'data-dir-foreign',
      `目录 ${dataDir} 里已有其他文件，不是本程序的数据目录。`,
      '请指定一个空目录或尚不存在的目录（--data-dir 或 ZHENGGAI_DATA_DIR）。',
    );
  }
  const marker: DataDirMarker = { kind, createdAt: new Date().toISOString(), version: programVersion() };
  try {
    writeFileSync(path.join(dataDir, MARKER), `${JSON.stringify(marker, null, 2)}\n`, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return claimDataDir(dataDir, kind); // somebody made it in this moment
  }
  return marker;
}

function requireKind(dataDir: string, marker: DataDirMarker, kind: DataDirKind): DataDirMarker {
  if (marker.kind === kind) return marker;
  throw badInput(
    'data-dir-kind',
    `数据目录 ${dataDir} 是${NAMES[marker.kind]}数据，不能用于${NAMES[kind]}运行。`,
    '演示数据与正式数据不能互换，请另指定一个数据目录（--data-dir 或 ZHENGGAI_DATA_DIR）。',
  );
}

function makeDirectory(dataDir: string): void {
  const root = process.getuid?.() === 0;
  const mode = root ? 0o711 : 0o700; // PostgreSQL, which isn't root, must pass through; everything inside has its own mode
  try {
    mkdirSync(dataDir, { recursive: true, mode });
    if (root && (statSync(dataDir).mode & 0o001) === 0) chmodSync(dataDir, 0o711);
  } catch (error) {
    throw badInput(
      'data-dir-unusable',
      `无法建立数据目录 ${dataDir}：${(error as Error).message}`,
      '请确认上级目录可写，或另指定一个数据目录（--data-dir 或 ZHENGGAI_DATA_DIR）。',
    );
  }
}

/** The version in package.json. */
export const programVersion = (): string =>
  z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8'))).version;
