import { readFile, writeFile } from 'node:fs/promises';
import { badInput } from '../domain/failure';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';

/** The bytes of a file that a person named; bad input when it can't be read. */
export const readInputFile = (file: string): Promise<Buffer> =>
  readFile(file).catch((error: unknown) => {
    throw badInput('file.unreadable', `读不到文件${file}：${codeOf(error)}。`, '请检查路径和权限。');
  });

/** Writes a file that a person named; one that is there stays unless they said so. */
export async function writeOutputFile(file: string, content: string | Uint8Array, { overwrite }: { overwrite: boolean }): Promise<void> {
  try {
    await writeFile(file, content, { flag: overwrite ? 'w' : 'wx' });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw badInput('file.exists', `文件${file}已经存在。`, '请换一个文件名，或加 --force 覆盖。');
    throw badInput('file.unwritable', `不能写入文件${file}：${codeOf(error)}。`, '请检查路径和权限。');
  }
}

/** The JSON value of a file; bad input when it is none. */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = (await readInputFile(file)).toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text);
  } catch {
    throw badInput('file.json', `文件${file}不是合法的 JSON。`, '请检查引号、逗号和括号是否成对。');
  }
}
