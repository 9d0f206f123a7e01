import { choosableOpenings } from '../../domain/openings';
import { clock, liaisonOf, requireChoosable, waysTo } from '../../domain/reach';
import { day, directory, post, withDirectory } from './support';

const on = day('2026-03-03');
const noMail = (...ids: string[]) => ({
  ...directory,
  persons: directory.persons.map((person) => (ids.includes(person.id) ? { ...person, email: null } : person)),
});
const codeOf = (work: () => void): string => {
  try {
    work();
    return 'fine';
  } catch (error) {
    return (error as { failure: { code: string } }).failure.code;
  }
};

describe('the ways to a person', () => {
  it('are mail, the liaison of the unit and a call, unless the person chose', () => {
    expect(waysTo(directory, 'head', { ways: [] }, on)).toEqual(['smtp', 'liaison', 'call']);
    expect(waysTo(directory, 'leader', { ways: [] }, on)).toEqual(['smtp', 'call']); // no liaison at the bureau
    expect(waysTo(directory, 'liaison', { ways: [] }, on)).toEqual(['smtp', 'call']); // not through themselves
  });

  it('what was chosen comes first; mail, liaison and call stay behind it: nobody can choose silence', () => {
    expect(waysTo(directory, 'head', { ways: ['局工作群', 'inApp'] }, on)).toEqual(['局工作群', 'inApp', 'smtp', 'liaison', 'call']);
    expect(waysTo(directory, 'head', { ways: ['smtp'] }, on)).toEqual(['smtp', 'liaison', 'call']);
    expect(waysTo(directory, 'stranger', { ways: [] }, on)).toEqual(['call']);
  });

  it('without a mailbox go by the liaison, and when the liaison has none either by a call', () => {
    expect(waysTo(noMail('head'), 'head', { ways: ['smtp'] }, on)).toEqual(['liaison', 'call']);
    expect(waysTo(noMail('head', 'liaison'), 'head', { ways: [] }, on)).toEqual(['call']);
  });

  it('a liaison of that day, with a mailbox, of a unit where the person has a post', () => {
    expect(liaisonOf(directory, 'head', on)).toBe('liaison');
    const left = withDirectory({
      posts: [...directory.posts.filter(({ role }) => role !== 'liaison'), post('liaison', 'clinic', 'liaison', { to: day('2026-03-02') })],
    });
    expect(liaisonOf(left.directory, 'head', on)).toBeNull();
    const elsewhere = withDirectory({
      posts: [...directory.posts.filter(({ role }) => role !== 'liaison'), post('liaison', 'depot', 'liaison')],
    });
    expect(liaisonOf(elsewhere.directory, 'head', on)).toBeNull();
  });
});

describe('a choice', () => {
  const choose = (ways: readonly string[], opensAt: number | null = null, hasMail = true) =>
    codeOf(() => {
      requireChoosable({ ways, opensAt }, hasMail, ['局工作群']);
    });

  it('is of channels there are, each once, and of mail only by who has it', () => {
    expect(choose(['inApp', '局工作群', 'smtp'])).toBe('fine');
    expect(choose([])).toBe('fine');
    for (const unknown of ['pigeon', 'call', 'liaison', '']) expect(choose([unknown])).toBe('preference.way');
    expect(choose(['inApp', 'inApp'])).toBe('preference.way');
    expect(choose(['smtp'], null, false)).toBe('preference.noMail');
    expect(choose(['inApp'], null, false)).toBe('fine');
  });

  it('is of a quarter hour of the morning', () => {
    for (const minutes of [choosableOpenings.from, 9 * 60 + 15, choosableOpenings.to]) expect(choose([], minutes)).toBe('fine');
    for (const minutes of [choosableOpenings.from - 15, choosableOpenings.to + 15, 9 * 60 + 10, -1, 0.5])
      expect(choose([], minutes)).toBe('preference.time');
  });
});

it('a clock is written with two figures', () => {
  expect([0, 9 * 60 + 5, 23 * 60 + 59].map(clock)).toEqual(['00:00', '09:05', '23:59']);
});
