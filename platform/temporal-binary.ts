import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync, mkdtempSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { badInput, unavailable } from '../domain/failure';
import { packageRoot } from './package-root';
import { withProgress, type Report } from './report';
import { buildTemporal, whyNoBuild } from './temporal-build';
import { downloadTemporal } from './temporal-download';
import { isPinned, TEMPORAL_CLI, versionOf } from './temporal-version';

export interface BinaryOptions {
  /** TEMPORAL_BIN: used or refused, never replaced. */
  readonly configured: string | undefined;
  readonly report: Report;
  /** Gives up a download or a build. */
  readonly signal?: AbortSignal;
  /** For tests: where to look on PATH, where the cache is, where to download from (null: don't), whether building is allowed. */
  readonly path?: string;
  readonly cacheDir?: string;
  readonly origin?: string | null;
  readonly mayBuild?: boolean;
}

export type BinarySource = 'configured' | 'path' | 'cache' | 'download' | 'build';

export interface TemporalBinary {
  readonly file: string;
  readonly source: BinarySource;
}

const NAME = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/**
 * The Temporal server program of the pinned version: TEMPORAL_BIN, else `temporal` on PATH, else the cache, else downloaded from the vendor,
 * else built from its Go modules; the last two place it in the cache.
 */
export async function resolveTemporal(options: BinaryOptions): Promise<TemporalBinary> {
  const { configured, report } = options;
  if (configured !== undefined) return { file: requireConfigured(configured, report), source: 'configured' };
  const found = findTemporal(options);
  if (found !== undefined) return found;

  const failures: string[] = [];
  const { origin } = options;
  if (origin !== null) {
    try {
      const work = (directory: string) => downloadTemporal(directory, origin, options.signal);
      const file = await withProgress(report, `下载 Temporal 服务程序 ${TEMPORAL_CLI}`, () => place(cacheDirectory(options), work));
      return { file, source: 'download' };
    } catch (error) {
      failures.push(`下载未成功（${reason(error)}）`);
      report(failures.join(''));
    }
  }
  const whyNot = options.mayBuild === false ? '未允许编译' : whyNoBuild();
  if (whyNot === undefined) {
    try {
      const line = `用 Go 编译 Temporal 服务程序 ${TEMPORAL_CLI}（首次约需 5 分钟，只做一次）`;
      return {
        file: await withProgress(report, line, () =>
          place(cacheDirectory(options), (directory) => buildTemporal(directory, options.signal)),
        ),
        source: 'build',
      };
    } catch (error) {
      failures.push(`编译未成功（${reason(error)}）`);
    }
  } else failures.push(`不能编译：${whyNot}`);
  throw unavailable(
    'no-temporal-binary',
    `没有可用的 Temporal 服务程序 ${TEMPORAL_CLI}：${failures.join('；')}。`,
    '请联网后重试；或安装 Go 1.26 以上后重试；或自行下载 temporal 程序，用环境变量 TEMPORAL_BIN 指明其路径；或用 TEMPORAL_ADDRESS 指定已有的 Temporal 服务。',
  );
}

/** What is there without a download or a build. Never says anything, never throws. */
export function findTemporal(options: Pick<BinaryOptions, 'path' | 'cacheDir'>): TemporalBinary | undefined {
  for (const directory of (options.path ?? process.env['PATH'] ?? '').split(path.delimiter)) {
    const file = path.join(directory, NAME);
    if (path.isAbsolute(directory) && isProgram(file) && isPinned(versionOf(file))) return { file, source: 'path' };
  }
  const cached = cacheCandidates(options).map((directory) => path.join(directory, NAME)).find(isProgram); // prettier-ignore
  return cached === undefined ? undefined : { file: cached, source: 'cache' };
}

function requireConfigured(file: string, report: Report): string {
  const todo = '请改正环境变量 TEMPORAL_BIN（temporal 程序的完整路径），或去掉它，由本程序自行准备。';
  const absolute = path.resolve(file);
  if (!isProgram(absolute)) throw badInput('temporal-bin', `TEMPORAL_BIN 所指的 ${absolute} 不存在或不可执行。`, todo);
  const version = versionOf(absolute);
  if (version?.startsWith('temporal version') !== true)
    throw badInput('temporal-bin', `TEMPORAL_BIN 所指的 ${absolute} 不是 temporal 程序。`, todo);
  if (!isPinned(version))
    report(`注意：TEMPORAL_BIN 的版本是「${version}」，本程序按 ${TEMPORAL_CLI} 验证；请勿在同一数据目录上换用不同版本`);
  return absolute;
}

/** Makes the program in a directory of its own beside its place, checks it, and renames it there: concurrent makers do no harm. */
async function place(cache: string, make: (directory: string) => Promise<string>): Promise<string> {
  mkdirSync(cache, { recursive: true });
  const workshop = mkdtempSync(path.join(cache, 'making-'));
  try {
    const made = await make(workshop);
    const version = versionOf(made);
    if (!isPinned(version)) throw new Error(`unexpected version: ${version ?? 'does not run'}`);
    renameSync(made, path.join(cache, NAME));
    return path.join(cache, NAME);
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

function cacheCandidates({ cacheDir }: Pick<BinaryOptions, 'cacheDir'>): string[] {
  const leaf = `${TEMPORAL_CLI}-${process.platform}-${process.arch}`;
  if (cacheDir !== undefined) return [path.join(cacheDir, leaf)];
  const perUser = process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  return [path.join(packageRoot(), '.cache', 'temporal', leaf), path.join(perUser, 'zhenggai', 'temporal', leaf)];
}

/** The first cache we may write: that of the checkout, else that of the user. */
function cacheDirectory(options: Pick<BinaryOptions, 'cacheDir'>): string {
  const candidates = cacheCandidates(options);
  const writable = candidates.find((candidate) => {
    let at = candidate;
    while (!existsSync(at)) at = path.dirname(at);
    try {
      accessSync(at, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  });
  return writable ?? candidates[candidates.length - 1] ?? candidates.join();
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

const reason = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
};
