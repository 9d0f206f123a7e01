import fc from 'fast-check';
import { ZhenggaiError } from '../../domain/failure';
import { combinedLetter } from '../../domain/paper/combined-letter';
import type { Letter } from '../../domain/paper/letter';
import { letterLines } from '../../domain/paper/letter-lines';
import { localDate } from '../../domain/time';
import { drafted, letters, orderAbout, talk } from './papers/letters';

function refused(code: string, ...these: Letter[]): void {
  let failure: unknown = null;
  try {
    combinedLetter(these);
  } catch (error) {
    failure = error instanceof ZhenggaiError ? { kind: error.kind, code: error.failure.code } : error;
  }
  expect(failure).toEqual({ kind: 'badInput', code });
}
const draft = (id: string, replyWorkdays: number): Letter => orderAbout(id, { number: null, signedOn: null, replyBy: null, replyWorkdays });

test('several matters of one addressee, kind and day make one paper with a list in the order of the ledger', () => {
  expect(letterLines(letters.list)).toEqual([
    '巡察办督办通知单',
    '〔2026〕3号',
    '',
    'secretary（第一责任人）：',
    '根据《中国共产党巡视工作条例》和巡察整改工作要求，现对下述整改事项予以督办。',
    '截至2026年11月30日，下列2项问题尚未销号，均已逾期，最长逾期39个工作日。',
    '1. R1-001 问题R1-001，北门卫生院主办，期限2026年9月30日，已逾期39个工作日，目前处于“整改中”',
    '2. R1-002 问题R1-002，北门卫生院主办，期限2026年9月30日，已逾期39个工作日，目前处于“整改中”',
    '请亲自过问、逐项落实，于2026年12月7日前将办理情况书面报巡察办。',
    '',
    '巡察办',
    '2026年11月30日',
    '抄送：discipline（纪检监察组）',
  ]);
});

test('it names one day, the latest, so that no term becomes shorter; of drafts the longest term', () => {
  const later = orderAbout('R1-002', { replyBy: localDate('2026-12-14') });
  expect(combinedLetter([later, orderAbout('R1-001')])).toMatchObject({
    replyBy: '2026-12-14',
    requirement: '请亲自过问、逐项落实，于2026年12月14日前将办理情况书面报巡察办。',
  });
  expect(combinedLetter([draft('R1-001', 5), draft('R1-002', 10)])).toMatchObject({
    number: null,
    replyBy: null,
    requirement: '请亲自过问、逐项落实，于签发之日起10个工作日内将办理情况书面报巡察办。',
  });
});

test('copies, bases and contacts are united; a copy to the addressee is dropped', () => {
  const joined = combinedLetter([
    orderAbout('R1-001', { copies: ['甲（牵头领导）', '乙'], basis: ['《一》'], contact: '丙' }),
    orderAbout('R1-002', { copies: ['乙', 'secretary（第一责任人）'], basis: ['《一》', '《二》'], contact: null }),
  ]);
  expect(joined).toMatchObject({ copies: ['甲（牵头领导）', '乙'], basis: ['《一》', '《二》'], contact: '丙' });
});

test('what is not overdue is not called so', () => {
  const [matter] = orderAbout('R1-002').matters;
  if (!matter) throw new Error('no matter');
  const intime = orderAbout('R1-002', { matters: [{ ...matter, overdueWorkdays: 0 }] });
  expect(combinedLetter([orderAbout('R1-001'), intime]).facts).toContain('下列2项问题尚未销号，其中1项已逾期，最长逾期39个工作日');
});

test('one letter stays as it is', () => {
  expect(combinedLetter([talk])).toBe(talk);
});

describe('letters that do not belong together are refused', () => {
  const one = orderAbout('R1-001');
  it.each<[string, Partial<Letter>]>([
    ['letter.kindsDiffer', { kind: 'finalWarning' }],
    ['letter.addresseesDiffer', { addressee: '他人' }],
    ['letter.issuersDiffer', { issuer: '整改办' }],
    ['letter.daysDiffer', { asOf: localDate('2026-12-01') }],
    ['letter.daysDiffer', { signedOn: null, number: null }],
    ['letter.numbersDiffer', { number: '〔2026〕4号' }],
  ])('%s', (code, change) => {
    refused(code, one, orderAbout('R1-002', change));
  });
  it('none, and a matter twice', () => {
    refused('letter.none');
    refused('letter.sameMatter', one, orderAbout('R1-002'), one);
  });
});

describe('sheets', () => {
  const about = (reference: string, letter: Letter): Letter => ({
    ...letter,
    facts: `${reference}的事实`,
    matters: letter.matters.map((matter) => ({ ...matter, reference })),
    fields: letter.fields.map(({ label, value }) => ({ label, value: value === letter.facts ? `${reference}的事实` : value })),
  });

  it('of one talk are joined, and its reason sums up', () => {
    const joined = combinedLetter([about('R1-001', talk), about('R1-002', talk)]);
    expect(joined.fields.find(({ label }) => label === '约谈事由')?.value).toMatch(/^截至.*下列2项问题/);
    expect(letterLines(joined).join('\n')).toMatch(/\n2\. R1-002 /);
  });

  it('of two talks at two times are not', () => {
    const other = about('R1-002', talk);
    const fields = other.fields.map((field) => (field.label === '约谈时间' ? { ...field, value: '另行通知' } : field));
    refused('letter.fieldsDiffer', talk, { ...other, fields });
  });
});

test('joined in any order it is the same but for copies, and it has every matter once', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(ids, (numbers) => {
      const all = numbers.map((number) => orderAbout(`R1-${String(number).padStart(3, '0')}`));
      const joined = combinedLetter(all);
      expect(joined).toEqual(combinedLetter(all.toReversed()));
      expect(joined.matters.map(({ reference }) => reference)).toEqual(
        all.flatMap(({ matters }) => matters.map(({ reference }) => reference)).sort(),
      );
    }),
    { numRuns: 40 },
  );
});

test('the reminder to several keeps its tone', () => {
  const reminder = drafted('reminderLetter');
  const [matter] = reminder.matters;
  if (!matter) throw new Error('no matter');
  const joined = combinedLetter([reminder, { ...reminder, matters: [{ ...matter, reference: 'R1-002' }] }]);
  expect(joined.requirement).toBe('现予提醒，望关注整改进度，并于2026年12月7日前就所列问题一并函复有关情况。');
});
