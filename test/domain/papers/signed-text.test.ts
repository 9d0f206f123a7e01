import type { Letter } from '../../../domain/paper/letter';
import { letterLines } from '../../../domain/paper/letter-lines';
import type { LetterKind } from '../../../domain/paper/letter-words';
import { letterOfText } from '../../../domain/paper/signed-text';
import { letterDocx } from '../../../papers/letter-docx';
import { paragraphs } from './docx-parts';
import { letters, signedOn } from './letters';

const read = (text: string, kind: LetterKind): Letter | null => letterOfText(text, { kind, signedOn });

test.each(Object.entries(letters))('the letter of a signed text says the same again: %s', async (_, letter) => {
  const text = letterLines(letter).join('\n');
  const again = read(text, letter.kind);
  if (!again) throw new Error('not read');
  expect(again).toMatchObject({ number: letter.number, addressee: letter.addressee, copies: letter.copies, signedOn: letter.signedOn });
  const shown = await paragraphs(await letterDocx(again, { office: { name: again.office }, draft: false }));
  for (const line of letterLines(letter).filter((one) => one !== '' && !one.startsWith('抄送：'))) expect(shown).toContain(line);
  expect(shown.join('\n').includes(`抄送：${letter.copies.join('、')}`)).toBe(letter.copies.length > 0);
});

test('no line stands twice', () => {
  const proposal = read(letterLines(letters.accountabilityProposal).join('\n'), 'accountabilityProposal');
  if (!proposal) throw new Error('not read');
  const lines = letterLines(proposal);
  expect(new Set(lines.filter((line) => line !== '')).size).toBe(lines.filter((line) => line !== '').length);
});

test.each(['', '提醒函', '提醒函\n〔2026〕1号\n\n没有冒号\n正文\n\n整改办\n2026年1月1日', '提醒函\n〔2026〕1号\n甲：\n乙'])(
  'a text of another frame %j is no letter',
  (text) => {
    expect(read(text, 'reminderLetter')).toBeNull();
  },
);
