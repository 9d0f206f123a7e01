import fc from 'fast-check';
import { renderDigest } from '../../channels/digest-message';
import { parseTemplates, withTemplates } from '../../channels/messages/templates';
import { sentenceKeys } from '../../channels/messages/sentences';
import { ordinary } from './sample-digest';

const file = (overrides: unknown, locale = 'zh-CN') => ({ schema: 'zhenggai.messages/1', locale, overrides });
const renderWith = (overrides: Record<string, string>, locale?: string) =>
  renderDigest(ordinary(), withTemplates(parseTemplates(file(overrides, locale))));

function refusalOf(value: unknown): Error {
  try {
    parseTemplates(value);
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it was taken');
}

describe('an office’s own wording', () => {
  test('replaces the sentences it names, in both parts and the subject, and no other', () => {
    const { subject, text, html } = renderWith({
      subject: '整改日报：红色{red}，共{items}（{day}）',
      note: '有疑问请致电整改办。',
      doIt: '立即办理',
    });
    expect(subject).toBe('整改日报：红色2项，共6项（10月21日）');
    for (const part of [text, html]) {
      expect(part).toContain('有疑问请致电整改办。');
      expect(part).toContain('立即办理');
      expect(part).not.toContain('去办理');
      expect(part).toContain('本邮件由系统自动发送');
    }
  });

  test('works over English', () => {
    expect(renderWith({ subject: 'Your morning list, {day}: {totals}' }, 'en').subject).toBe(
      'Your morning list, 21 Oct: 2 overdue, 1 due soon, 3 new task',
    );
  });

  test('is escaped in HTML like any text', () => {
    expect(renderWith({ note: 'A & B < C' }).html).toContain('A &amp; B &lt; C');
  });
});

describe('a template file is refused', () => {
  test.each([
    ['no file of templates', { overrides: {} }, 'template.shape', /zhenggai\.messages\/1/],
    ['an unknown language', file({}, 'fr'), 'template.shape', /locale/],
    ['a sentence that is no text', file({ subject: 3 }), 'template.shape', /subject/],
    ['something beside the sentences', { ...file({}), script: 'x' }, 'template.shape', /overrides/],
    ['an unknown sentence', file({ subjekt: '{day}' }), 'template.unknownKey', /subjekt.*subject/s],
    ['a sentence inherited from nowhere', file({ constructor: 'x' }), 'template.unknownKey', /constructor/],
    ['an unknown slot', file({ subject: '{day}{name}' }), 'template.unknownSlot', /subject.*\{day\}（必需）、?/s],
    ['an empty slot', file({ subject: '{day}{}' }), 'template.unknownSlot', /subject/],
    ['a missing day', file({ subject: '整改{totals}' }), 'template.missingSlot', /subject.*\{day\}（必需）/s],
    ['a missing link', file({ listTooLarge: '清单太大，共{items}' }), 'template.missingSlot', /listTooLarge.*\{link\}（必需）/s],
    ['markup', file({ note: '<a href="x">点此</a>' }), 'template.html', /note/],
    ['an entity', file({ note: '甲&nbsp;乙' }), 'template.html', /note/],
    ['a line break', file({ subject: '整改{day}\r\nBcc: a@evil.example' }), 'template.lineBreak', /subject/],
    ['another line break', file({ note: '甲\u2028乙' }), 'template.lineBreak', /note/],
    ['a control character', file({ note: '甲\u0007乙' }), 'template.control', /note/],
    ['a direction override', file({ note: '甲\u202e乙' }), 'template.control', /note/],
    ['braces that do not match', file({ subject: '{day}}' }), 'template.braces', /subject/],
    ['too many characters', file({ brand: '整'.repeat(21) }), 'template.tooLong', /brand.*20字/s],
    ['nothing', file({ doIt: ' ' }), 'template.empty', /doIt/],
  ])('%s', (_name, value, code, told) => {
    expect(refusalOf(value)).toMatchObject({ kind: 'badInput', failure: { code } });
    expect(refusalOf(value).message).toMatch(told);
  });

  test('or it fits: whatever a file holds, what is taken keeps every mail on one line and free of markup', () => {
    const pieces = fc.constantFrom('{day}', '{items}', '{link}', '{name}', '{', '}', '<b>', '&lt;', '\n', '\u202e', '整改', ' ', 'x');
    const template = fc.oneof(
      fc.array(pieces).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...sentenceKeys), template, (key, text) => {
        let rendered;
        try {
          rendered = renderWith({ [key]: text });
        } catch (error) {
          expect(error).toMatchObject({ kind: 'badInput' });
          return;
        }
        expect(rendered.subject).not.toMatch(/[\r\n]/);
        expect(rendered.html).not.toMatch(/<b>\s*<\/b>|\u202e/);
        expect(rendered.html.match(/<td/g)?.length).toBe(renderDigest(ordinary()).html.match(/<td/g)?.length);
      }),
    );
  });
});
