import fc from 'fast-check';
import { renderDigest } from '../../channels/digest-message';
import { locales, messagesOf, say, zhCN } from '../../channels/messages';
import { sentenceKeys, sentenceRules } from '../../channels/messages/sentences';
import { obligationLabels, paperLabels } from '../../domain/policy/policy';
import { policyPacks } from '../../domain/policy/packs';
import { roles } from '../../domain/roles';
import { instant, localDate } from '../../domain/time';
import { line, message, newTask, soon } from './sample-digest';

const en = messagesOf('en');
const han = /\p{Script=Han}/u;

describe.each(locales)('the catalogue %s', (locale) => {
  const { sentences } = messagesOf(locale);

  test.each(sentenceKeys)('%s uses its own slots, the required ones among them, and is short enough', (key) => {
    const used = [...sentences[key].matchAll(/\{(.*?)\}/g)].map(([, slot]) => slot);
    const { slots, required, longest } = sentenceRules[key];
    expect(slots).toEqual(expect.arrayContaining(used));
    expect(used).toEqual(expect.arrayContaining([...required]));
    expect(sentences[key].length).toBeLessThanOrEqual(longest);
  });
});

test('a filled-in name keeps its braces', () => {
  expect(say(zhCN.sentences, 'greetingAs', { role: '{items}', items: '2项' })).toBe('您作为{items}，有2项整改事项。');
});

describe('English', () => {
  const packs = policyPacks.flatMap(({ ladders, relapseLadder }) => [...Object.values(ladders), relapseLadder]);
  const rungs = [...new Set(packs.flatMap(({ value }) => value.map(({ label }) => label)))];

  test.each([...Object.values(obligationLabels), ...Object.values(paperLabels), ...rungs])('has a word for %s', (label) => {
    expect(en.term(label)).not.toMatch(han);
    expect(en.term(`${label}（邮件未能送达原收件人）`)).not.toMatch(han);
  });

  test.each(Object.values(roles))('has a word for %s, and for chasing and replacing it', (role) => {
    expect(en.roles(role)).not.toMatch(han);
    expect(en.roles(`整改办、代${role}（空缺）`)).not.toMatch(han);
    expect(en.term(`督促${role}报送整改措施`)).toMatch(/^See that the .* does this: submit the measures$/);
  });

  test('what an office has named itself stays as it is', () => {
    expect(en.term('县长专报')).toBe('县长专报');
    expect(en.term('督促张三签收')).toBe('督促张三签收');
    expect(en.roles('督查室')).toBe('督查室');
  });

  test('a mail has no Chinese but titles and names', () => {
    const lines = [
      line(1, { title: null, paper: '督办通知单' }),
      soon(2, { title: null, provisional: true }),
      newTask(3, { title: null, next: null }),
    ];
    const { subject, text, html } = renderDigest(message(lines, { person: { name: 'Zhou', email: 'z@example.cn' } }), en);
    for (const part of [subject, text, html.replace(/font[^;]*;/g, '')])
      expect(part).not.toMatch(/[\p{Script=Han}，。：；、（）【】《》]/u);
    expect(subject).toBe('[Rectification] 1 overdue, 1 due soon, 1 new task (21 Oct)');
    expect(text).toContain('Due: Mon 19 Oct; 2 workdays overdue');
    expect(text).toContain('Next: Reminder letter on Mon 26 Oct; to be told: lead leader, first responsible person');
    expect(text).toContain('(provisional)');
    expect(html).toContain('<html lang="en">');
  });

  test('one is not many', () => {
    expect([0, 1, 2].map((count) => en.items(count))).toEqual(['0 items', '1 item', '2 items']);
    expect(en.left({ state: 'left', workdays: 1 })).toBe('1 workday left');
  });

  test('days are those of Beijing, whatever the machine', () => {
    expect(en.moment(instant('2026-12-31T16:05Z'))).toBe('1 January 2027, 00:05 Beijing time');
    expect(en.day(localDate('2027-01-04'), localDate('2026-12-31'))).toBe('Mon 4 Jan 2027');
  });
});

test('both languages tell the same items under the same totals', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(line, soon, newTask), { maxLength: 45 }), (makers) => {
      const of = message(makers.map((make, n) => make(n)));
      const [chinese, english] = [renderDigest(of), renderDigest(of, en)];
      const numbers = ({ subject }: { subject: string }) => [...subject.matchAll(/(\d+)(?:项| [a-z])/g)].map(([, count]) => count);
      const links = ({ text }: { text: string }) => text.match(/https:\S+/g);
      expect(numbers(english)).toEqual(numbers(chinese));
      expect(links(english)).toEqual(links(chinese));
    }),
  );
});
