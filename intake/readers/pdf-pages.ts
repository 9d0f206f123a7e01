import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { badInput, type ZhenggaiError } from '../../domain/failure';

/** A piece of text on a page: its baseline's left end, width and size in points, from the page's lower left corner. */
export interface PdfPiece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  /** False for text that is turned, a watermark mostly. */
  readonly upright: boolean;
}

export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly bottom: number;
  readonly pieces: readonly PdfPiece[];
}

type Answer =
  | { readonly kind: 'pages'; readonly pages: readonly PdfPage[]; readonly hasPictures: boolean }
  | { readonly kind: 'tooLarge' | 'isProtected' | 'broken' };

/** No report has more; time and memory bound what a hostile file can cost. */
const limits = { maxPages: 3_000, maxCharacters: 6_000_000, milliseconds: 180_000, megabytes: 1_024 };
/** A thread's limit holds for its objects; unpacked streams lie outside, so the whole growth is looked at, this often. */
const watchEvery = 100;

/** What is said of a pdf that can't be read. */
export const pdfErrors = (file: string) => ({
  broken: (): ZhenggaiError => badInput('pdfBroken', `${file} 已损坏，不是完整的 PDF。`, '请重新导出 PDF，或换用 docx、txt。'),
  isProtected: (): ZhenggaiError => badInput('pdfProtected', `${file} 设置了打开密码，无法读取。`, '请取消密码另存一份后再读。'),
  tooLarge: (): ZhenggaiError => badInput('documentTooComplex', `${file} 页数或内容过多，不像一份报告。`, '请只保留报告正文，另存后再读。'),
  isScan: (): ZhenggaiError =>
    badInput('scanWithoutText', `${file} 是扫描件，页面是图片，没有文字。`, '请用带文字识别（OCR）的软件转换，或使用原始的 Word 文件。'),
  isGarbled: (): ZhenggaiError =>
    badInput('pdfGarbled', `${file} 的字体没有文字对照表，取出的是乱码。`, '请用原始的 Word 文件，或打印后用文字识别转换。'),
});

/** The Adobe character maps for fonts that are not embedded: beside the program when built, from the package otherwise. */
function characterMaps(): string {
  const built = path.join(__dirname, 'cmaps');
  const folder = existsSync(built) ? built : path.join(path.dirname(createRequire(__filename).resolve('pdfjs-dist/package.json')), 'cmaps');
  return folder + path.sep;
}

/** The pieces of text of a pdf, page by page. Throws badInput pdfBroken, pdfProtected, documentTooComplex, scanWithoutText. */
export async function pdfPages(bytes: Buffer, file: string): Promise<readonly PdfPage[]> {
  const errors = pdfErrors(file);
  const answer = await ask(bytes);
  if (answer.kind !== 'pages') throw errors[answer.kind]();
  if (answer.hasPictures) throw errors.isScan();
  return answer.pages;
}

/** A hostile file takes its thread down, or its time; the program goes on. */
async function ask(bytes: Buffer): Promise<Answer> {
  const { maxPages, maxCharacters, megabytes, milliseconds } = limits;
  const worker = new Worker(path.join(__dirname, 'pdf-worker.mjs'), {
    workerData: { bytes: Uint8Array.from(bytes), cMaps: characterMaps(), maxPages, maxCharacters },
    resourceLimits: { maxOldGenerationSizeMb: megabytes },
    stdout: true,
    stderr: true,
  });
  const before = process.memoryUsage.rss();
  const until = Date.now() + milliseconds;
  let watch: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Answer>((resolve) => {
      watch = setInterval(() => {
        const grown = process.memoryUsage.rss() - before;
        if (grown > megabytes * 1024 * 1024 || Date.now() > until) resolve({ kind: 'tooLarge' });
      }, watchEvery);
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) => {
        resolve({ kind: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'tooLarge' : 'broken' });
      });
      worker.once('exit', () => {
        resolve({ kind: 'broken' });
      });
    });
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}
