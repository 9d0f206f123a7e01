import { createHash } from 'node:crypto';
import type { Letter } from '../../../domain/paper/letter';
import { dayWords, openingOf } from '../../../domain/paper/letter-words';
import { listsMatters, matterTable } from '../../../domain/paper/matter-table';
import { letterDocx } from '../../../papers/letter-docx';
import { docxParts, paragraphs, part } from './docx-parts';
import { letters, orderAbout } from './letters';

const office = { name: '临江区巡察整改办公室' };
const finished = (letter: Letter): Promise<Uint8Array> => letterDocx(letter, { office, draft: false });
const asDraft = (letter: Letter): Promise<Uint8Array> => letterDocx(letter, { office, draft: true });

/** What a reader must find, in this order. */
function expected(letter: Letter): string[] {
  const { title, number, addressee, facts, fields, matters, requirement, consequence, contact, issuer, signedOn, copies } = letter;
  const opening = openingOf(letter);
  const { head, rows } = matterTable(matters);
  const day = signedOn === null ? '' : dayWords(signedOn);
  return [
    office.name,
    number ?? '',
    title,
    `${addressee}：`,
    ...(opening === null ? [] : [opening]),
    ...(fields.length > 0 ? fields.flatMap(({ label, value }) => [label, value]) : [facts]),
    ...(listsMatters(letter) ? [head, ...rows].flat().flatMap((text) => text.split('\n')) : []),
    `${requirement}${consequence ?? ''}`,
    ...(contact === null ? [] : [`联系人：${contact}`]),
    issuer,
    day,
    `　抄送：${copies.join('、')}。`,
    '\t',
    `　${issuer}\t${day}印发`,
  ].filter((text) => text !== '');
}

describe.each(Object.entries(letters))('%s', (_, letter) => {
  it('is read back by another library, field by field', async () => {
    expect(await paragraphs(await finished(letter))).toEqual(expected(letter));
  });

  it('gives the same bytes again', async () => {
    const sum = async (): Promise<string> =>
      createHash('sha256')
        .update(await finished(letter))
        .digest('hex');
    expect(await sum()).toBe(await sum());
  });
});

describe('the layout of GB/T 9704', () => {
  const xml = async (letter = letters.list): Promise<string> => part(await finished(letter), 'word/document.xml');

  it('is A4 with a text block of 156 × 225 mm and 22 lines', async () => {
    const document = await xml();
    const number = (pattern: RegExp): number => Number(pattern.exec(document)?.[1]);
    const mm = (twips: number): number => (twips / 1440) * 25.4;
    const [width, height] = [number(/<w:pgSz w:w="(\d+)"/), number(/<w:pgSz [^>]*w:h="(\d+)"/)];
    const [top, right, bottom, left] = ['top', 'right', 'bottom', 'left'].map((side) =>
      number(new RegExp(`<w:pgMar [^>]*w:${side}="(\\d+)"`)),
    );
    expect([mm(width), mm(height)].map(Math.round)).toEqual([210, 297]);
    expect(mm(width - (left ?? 0) - (right ?? 0))).toBeCloseTo(156, 1);
    expect(mm(height - (top ?? 0) - (bottom ?? 0))).toBeCloseTo(225, 1);
    expect(mm(top ?? 0)).toBeCloseTo(37, 1);
    expect(Math.floor((height - (top ?? 0) - (bottom ?? 0)) / number(/w:linePitch="(\d+)"/))).toBe(22);
    expect(document).toContain('w:line="579" w:lineRule="exact"');
  });

  it('holds 28 characters a line: each 16 pt, less what they stand closer', async () => {
    const spacing = Number(/<w:spacing w:val="(-\d+)"\/><w:sz w:val="32"\/>/.exec(await xml())?.[1]);
    expect(28 * (16 * 20 + spacing)).toBeLessThanOrEqual(11906 - 1587 - 1474);
    expect(29 * (16 * 20 + spacing)).toBeGreaterThan(11906 - 1587 - 1474);
  });

  it('names a Chinese font for every run of text', async () => {
    const runs = (await xml()).match(/<w:r>.*?<\/w:r>/g) ?? [];
    expect(runs.length).toBeGreaterThan(20);
    expect(runs.filter((run) => !/w:eastAsia="[^"]+"/.test(run))).toEqual([]);
  });

  it('sets title, body and head as the standard does, and names what stands in for a font that is missing', async () => {
    const document = await xml();
    const runOf = (text: string): string | undefined => (document.match(/<w:r>.*?<\/w:r>/g) ?? []).find((run) => run.includes(`>${text}<`));
    expect(runOf('巡察办督办通知单')).toMatch(/w:eastAsia="方正小标宋简体".*<w:sz w:val="44"\/>/);
    expect(runOf(office.name)).toMatch(/w:eastAsia="方正小标宋简体".*<w:color w:val="FF0000"\/>/);
    expect(runOf(letters.list.facts)).toMatch(/w:eastAsia="仿宋".*<w:sz w:val="32"\/>/);
    const fonts = part(await finished(letters.list), 'word/fontTable.xml');
    for (const [, name] of document.matchAll(/w:eastAsia="([^"]+)"/g))
      expect(fonts).toMatch(new RegExp(`<w:font w:name="${name ?? ''}"><w:altName w:val="[^"]+"/>`));
  });

  it('indents the body by two characters in points', async () => {
    const body = /<w:p>(?:(?!<\/w:p>).)*尚未销号/.exec(await xml())?.[0];
    expect(body).toContain('<w:ind w:firstLine="640"/>');
  });

  it('draws a red rule under the number', async () => {
    expect(await xml()).toMatch(/<w:pBdr><w:bottom [^>]*w:color="FF0000"[^>]*w:space="11"\/><\/w:pBdr>/);
  });

  it('numbers odd pages on the right and even pages on the left', async () => {
    const { parts } = docxParts(await finished(letters.list));
    expect(parts.get('word/settings.xml')).toContain('<w:evenAndOddHeaders/>');
    const sides = Object.fromEntries(
      [...(parts.get('word/document.xml') ?? '').matchAll(/<w:footerReference w:type="(\w+)" r:id="(\w+)"\/>/g)].map(
        ([, side = '', id = '']) => {
          const target = new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`).exec(parts.get('word/_rels/document.xml.rels') ?? '')?.[1] ?? '';
          return [side, parts.get(`word/${target}`) ?? ''];
        },
      ),
    );
    expect(sides['default']).toMatch(/<w:jc w:val="right"\/>.*— .*PAGE.* —/);
    expect(sides['even']).toMatch(/<w:jc w:val="left"\/>.*— .*PAGE.* —/);
  });

  it('repeats the head of the list on every page and tears no row', async () => {
    const document = await xml();
    expect(document.match(/<w:tblHeader\/>/g)).toHaveLength(1);
    expect(document.match(/<w:cantSplit\/>/g)).toHaveLength(3);
  });
});

describe('a draft', () => {
  const unsigned = orderAbout('R1-001', { number: null, signedOn: null, replyBy: null });

  it('is marked on every page, in words, and has neither number nor day of issue', async () => {
    const bytes = await asDraft(unsigned);
    const { parts } = docxParts(bytes);
    const headers = [...parts].filter(([path]) => path.startsWith('word/header')).map(([, xml]) => xml);
    expect(headers).toHaveLength(2);
    for (const header of headers) expect(header).toContain('草　稿（未签发，不具效力）');
    const read = (await paragraphs(bytes)).join('\n');
    expect(read).toContain('（签发时编号）');
    expect(read).not.toContain('印发');
  });

  it('is the only form of a letter without number or day', async () => {
    await expect(finished(unsigned)).rejects.toThrow(/letter\.unsigned/);
    await expect(finished(orderAbout('R1-001', { signedOn: null }))).rejects.toThrow(/letter\.unsigned/);
  });

  it('a finished letter has no such mark', async () => {
    const { parts } = docxParts(await finished(letters.list));
    expect([...parts.values()].some((xml) => xml.includes('草　稿'))).toBe(false);
  });
});

test('the file names its own day and none of the machine: neither in its properties nor in its entries', async () => {
  const { parts, dates } = docxParts(await finished(letters.list));
  expect(parts.get('docProps/core.xml')).toMatch(
    /<dcterms:created[^>]*>2026-11-30T00:00:00Z<.*<dcterms:modified[^>]*>2026-11-30T00:00:00Z</,
  );
  expect([...dates]).toEqual([0x0021_0000]);
});
