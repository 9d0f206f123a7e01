// Runs in a thread of its own, under a memory limit: takes the pieces of text of a pdf out, page by page, with their places.
// Plain JavaScript, so that the same file runs from the sources and from dist.
import { parentPort, workerData } from 'node:worker_threads';
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';

/** @type {{ bytes: Uint8Array, cMaps: string, maxPages: number, maxCharacters: number }} */
const { bytes, cMaps, maxPages, maxCharacters } = workerData;

/** Pages looked at for pictures where the document has next to no text. */
const scanSample = 3;

/** Baseline and size in points, from the lower left corner of the page. */
const pieceOf = ({ str, transform: [, rise, , scale, x, y], width, height }) => ({
  text: str,
  x,
  y,
  width,
  size: height || Math.abs(scale),
  upright: Math.abs(rise) < 0.01,
});

async function pagesOf(pdf) {
  const pages = [];
  let characters = 0;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ disableNormalization: true });
    const pieces = items.filter(({ str }) => str !== undefined && str.trim() !== '').map(pieceOf);
    const [left, bottom, right, top] = page.view;
    pages.push({ width: right - left, height: top - bottom, left, bottom, pieces });
    characters += pieces.reduce((sum, { text }) => sum + text.length, 0);
    page.cleanup();
    if (characters > maxCharacters) return { kind: 'tooLarge' };
  }
  return { kind: 'pages', pages, hasPictures: characters < pdf.numPages * 10 && (await hasPictures(pdf)) };
}

async function hasPictures(pdf) {
  const { OPS } = await getResolvedPDFJS();
  const drawn = new Set([OPS.paintImageXObject, OPS.paintInlineImageXObject, OPS.paintImageMaskXObject]);
  for (let number = 1; number <= Math.min(pdf.numPages, scanSample); number += 1) {
    const { fnArray } = await (await pdf.getPage(number)).getOperatorList();
    if (fnArray.some((operation) => drawn.has(operation))) return true;
  }
  return false;
}

async function read() {
  try {
    const pdf = await getDocumentProxy(bytes, {
      cMapUrl: cMaps,
      cMapPacked: true,
      verbosity: 0,
      isEvalSupported: false,
      useSystemFonts: false,
    });
    return pdf.numPages > maxPages ? { kind: 'tooLarge' } : await pagesOf(pdf);
  } catch (error) {
    return { kind: error?.name === 'PasswordException' ? 'isProtected' : 'broken' };
  }
}

parentPort.postMessage(await read());
