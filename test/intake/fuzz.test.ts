import fc from 'fast-check';
import { ZhenggaiError } from '../../domain/failure';
import { parseDuePhrase } from '../../domain/due-phrase';
import { draftSchema } from '../../intake';
import { read } from './support';

const words = [
  '一、',
  '（一）',
  '1.',
  '2、',
  '(1)',
  '（12）',
  '①',
  '一是',
  '二是',
  '整改情况：',
  '整改措施：',
  '整改时限：',
  '责任单位：',
  '反馈问题：',
  '不到位',
  '。',
  '，',
  '“',
  '”',
  '（',
  '）',
  '\n',
  '\n\n',
  '  ',
  '2022年',
  '13月',
  '3月15日',
  '1.25万元',
  '元',
  '对4人',
  '谈话提醒',
  '已完成整改',
  '县委巡察组',
  '对县局开展了巡察',
  '反馈',
  '3个方面',
  '12个问题',
  '★',
  '\uFFFD',
  '\r\n',
  '长期坚持',
  '底前',
];
const tokens = fc.array(fc.constantFrom(...words), { maxLength: 120 }).map((parts) => parts.join(''));
const anyText = fc.oneof(tokens, fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 300 }));

test('any text gives a valid draft whose lines lie within the text, or is refused as a state secret', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      try {
        const draft = draftSchema.parse(read(text));
        const last = text.split(/\r\n|\n|\r/).length;
        for (const { line, endLine, number, id } of draft.issues) {
          expect(line).toBeLessThanOrEqual(endLine);
          expect(endLine).toBeLessThanOrEqual(last);
          expect(id).toBe(`issue-${number}`);
        }
        expect(read(text)).toEqual(draft);
      } catch (error) {
        if (!(error instanceof ZhenggaiError && error.failure.code === 'stateSecret')) throw error;
      }
    }),
    { numRuns: 400 },
  );
});

test('any phrase is read without throwing, and a due date is a real one', () => {
  fc.assert(
    fc.property(anyText, (phrase) => {
      const { due, raw } = parseDuePhrase(phrase);
      expect(raw).toBe(phrase);
      if (due !== null) expect(Number.isNaN(Date.parse(due))).toBe(false);
    }),
    { numRuns: 400 },
  );
});

test.each([
  ['tokens', words.join('').repeat(3000)],
  ['one style of heading', '1.不到位\n整改情况：一是甲。二是乙。\n'.repeat(12_000)],
  ['opening brackets', '（“'.repeat(200_000)],
  ['one endless paragraph', '整改落实情况措施'.repeat(50_000)],
])(
  'a long text is read in seconds: %s',
  (_name, text) => {
    const started = performance.now();
    read(text);
    expect(performance.now() - started).toBeLessThan(20_000);
  },
  30_000,
);
