import fc from 'fast-check';
import { clean, rolesOnly, shorten } from '../../channels/digest-clean';

const graphemes = (text: string): string[] => Array.from(new Intl.Segmenter('zh').segment(text), ({ segment }) => segment);

describe('a clean text', () => {
  test.each([
    ['a line break and a header', '张三\r\nBcc: x@example.cn', '张三 Bcc: x@example.cn'],
    ['other line ends', 'a\u2028b\u2029c\u0085d\ve', 'a b c d e'],
    ['a direction override, with its end', '附\u202egnp.exe\u202c', '附gnp.exe'],
    ['isolates and marks of direction', '\u2066张\u2069\u200e三\u061c', '张三'],
    ['what has no width', '张\u200b三\u200c\u2060\ufeff\u00ad\u034f\u3164', '张三'],
    ['tags that nobody sees', '张\u{e0041}\u{e0042}三', '张三'],
    ['NUL and escape', '张\u0000三\u001b[31m', '张 三 [31m'],
    ['half of a pair', '张\ud83d三', '张\ufffd三'],
    ['no character at all', '张\uffff三', '张\ufffd三'],
    ['only what is hidden', '\u200b\u202e', ''],
  ])('has no %s', (_name, text, told) => {
    expect(clean(text)).toBe(told);
  });

  test.each(['𬭎', '㐀㑇', '䶮', '﨩', '葛\u{e0100}城', '🏗️', 'é'])('keeps %s as it was written', (text) => {
    expect(clean(text)).toBe(text);
  });

  test('a pile of marks stays on its line', () => {
    expect(clean(`张${'\u0301'.repeat(500)}三`)).toHaveLength(8);
  });

  test('whatever comes in, nothing hidden comes out, and cleaning again changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const told = clean(text);
        expect(told).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
        expect(clean(told)).toBe(told);
      }),
    );
  });
});

describe('shorten', () => {
  test('cuts between characters as a reader counts them', () => {
    expect(shorten('👩🏽‍🚒'.repeat(5), 3)).toBe(`${'👩🏽‍🚒'.repeat(2)}…`);
    expect(shorten('𬭎'.repeat(5), 5)).toBe('𬭎'.repeat(5));
    expect(shorten('葛\u{e0100}'.repeat(5), 3)).toBe(`${'葛\u{e0100}'.repeat(2)}…`);
  });

  test('ten thousand characters cost no more than the few that are told', () => {
    expect(shorten('查'.repeat(10_000), 80)).toBe(`${'查'.repeat(79)}…`);
  });

  test('never tells more than was asked for, and the beginning of what it was given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, longest) => {
        const told = shorten(clean(text), longest);
        expect(graphemes(told).length).toBeLessThanOrEqual(longest);
        expect(told).not.toMatch(/\p{Cs}/u);
        if (told !== clean(text)) expect(clean(text).startsWith(told.slice(0, -1))).toBe(true);
      }),
    );
  });
});

test('roles of the table leave the office, also those of a vacant post; names do not', () => {
  expect(rolesOnly('牵头领导、代责任人（空缺）、王某')).toBe('牵头领导、代责任人（空缺）');
  expect(rolesOnly('王某、李某', '相关人员')).toBe('相关人员');
  expect(rolesOnly('代王某（空缺）')).toBe('');
});
