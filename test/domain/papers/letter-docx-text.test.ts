import fc from 'fast-check';
import mammoth from 'mammoth';
import type { Letter } from '../../../domain/paper/letter';
import { letterDocx } from '../../../papers/letter-docx';
import { paragraphs, part } from './docx-parts';
import { letters } from './letters';

const docx = (letter: Letter, name = '临江区巡察整改办公室'): Promise<Uint8Array> => letterDocx(letter, { office: { name }, draft: false });

/** What XML 1.0 can hold, by its production Char; control characters from U+007F on are left out too. */
const held = (text: string): string =>
  Array.from(text)
    .filter((character) => {
      const point = character.codePointAt(0) ?? 0;
      if (point === 9 || point === 10 || point === 13 || point === 0x85) return true;
      return (
        (point >= 0x20 && point < 0x7f) || (point > 0x9f && point < 0xd800) || (point > 0xdfff && point !== 0xfffe && point !== 0xffff)
      );
    })
    .join('');
const onOneLine = (text: string): string => held(text).replace(/\r\n|[\r\n\t\u0085\u2028\u2029]/g, ' ');

describe('any text', () => {
  const units = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('𠮷', '👩‍🚒', '<', '&', '"', ']]>', '\u0000', '\ud800', '\udc00', '\u2028', '龘', '〔'),
  );
  const anyText = fc.string({ unit: units, minLength: 1, maxLength: 60 });

  it('names and titles of any characters are read back, but for what XML cannot hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, anyText, async (title, addressee, name) => {
        const [matter] = letters.list.matters;
        if (!matter) throw new Error('no matter');
        const letter = { ...letters.list, title, addressee, matters: [{ ...matter, title }, matter] };
        const bytes = await docx(letter, name);
        const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
        const read = value.split('\n');
        for (const text of [title, `${addressee}：`, name]) expect(read).toContain(onOneLine(text));
        const core = part(bytes, 'docProps/core.xml');
        expect(core).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
        expect(core.match(/</g)).toHaveLength(11);
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it('ten thousand characters are all there', async () => {
    const title = '整改'.repeat(5_000);
    const [matter] = letters.list.matters;
    if (!matter) throw new Error('no matter');
    const bytes = await docx({ ...letters.list, title, matters: [{ ...matter, title }, matter] }, title);
    expect((await paragraphs(bytes)).filter((text) => text === title)).toHaveLength(3);
  });

  it('a text with line breaks becomes several paragraphs', async () => {
    const [first, second] = ['第一段。', '第二段。'];
    const read = await paragraphs(await docx({ ...letters.finalWarning, facts: `${first}\r\n${second}` }));
    expect(read.slice(read.indexOf(first), read.indexOf(first) + 2)).toEqual([first, second]);
  });
});
