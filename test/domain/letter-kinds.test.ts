import { dutyWords } from '../../domain/paper/handover-letter';
import { letterOf, letterText } from '../../domain/paper/letter';
import { bases, letterBasis } from '../../domain/paper/letter-basis';
import { letterLines } from '../../domain/paper/letter-lines';
import { letterTitles, type LetterKind } from '../../domain/paper/letter-words';
import { roundSourceLabels, type RoundSource } from '../../domain/policy/policy';
import { localDate } from '../../domain/time';
import { letters, overdue, paperOf, signedOn, subject, talk } from './papers/letters';
import { rules, vacant, withPolicy } from './support';

const text = (kind: keyof typeof letters): string => letterLines(letters[kind]).join('\n');
const field = (label: string, letter = talk): string | undefined => letter.fields.find((one) => one.label === label)?.value;

test('the letter of a paper and its text say the same', () => {
  const paper = paperOf('finalWarning', { replyWorkdays: 10 });
  const letter = letterOf(overdue, paper, subject, rules);
  expect(letter).toMatchObject({
    kind: 'finalWarning',
    title: '告诫书',
    number: '〔2026〕3号',
    addressee: 'secretary（第一责任人）',
    copies: ['discipline（纪检监察组）'],
    replyBy: '2026-12-14',
    issuer: '巡察办',
    asOf: '2026-11-30',
    signedOn: '2026-11-30',
    fields: [],
    matters: [
      {
        reference: 'R1-001',
        title: '药品采购不规范',
        unit: '北门卫生院',
        dueOn: '2026-09-30',
        overdueWorkdays: 39,
        phase: '整改中',
        relapses: 0,
      },
    ],
  });
  expect(letterText(overdue, paper, subject, rules).split('\n')).toEqual(letterLines(letter));
});

describe('the tone of each kind', () => {
  it('a reminder asks, names no basis and orders nothing', () => {
    expect(text('reminderLetter')).toMatch(/望关注.*函复/);
    expect(text('reminderLetter')).not.toMatch(/责令|必须|根据《/);
  });

  it('an order rests on something, names the task and the day', () => {
    expect(text('supervisionOrder')).toMatch(/根据《中国共产党巡视工作条例》.*\n.*\n请立即组织整改，于2026年12月7日前书面回复/);
  });

  it('a warning names what was missed, the last day and what follows', () => {
    expect(text('finalWarning')).toMatch(/已逾期39个工作日[^]*最后期限为2026年12月14日。届时仍未完成的，将研究是否约谈。/);
  });

  it('a proposal leaves the decision to whoever may take it', () => {
    expect(text('accountabilityProposal')).toMatch(
      /巡察工作领导小组：\n现提出问责建议如下。\n建议对象：北门卫生院（主办单位）\n事实：R1-001号/,
    );
    expect(text('accountabilityProposal')).toContain('依据：《中国共产党问责条例》');
    expect(text('accountabilityProposal')).toContain('建议方式：由有权决定的组织研究确定');
  });
});

describe('a notice of a talk', () => {
  it('tells time, place and reason ahead, in cells', () => {
    expect(talk.fields.map(({ label }) => label)).toEqual(['被约谈人', '约谈事由', '约谈时间', '约谈地点', '约谈联系人', '需携带材料']);
    expect(field('约谈时间')).toBe('2026年12月10日上午9时');
    expect(field('约谈地点')).toBe('第二会议室');
    expect(field('约谈联系人')).toBe('简宁，电话5550123');
    expect(field('约谈事由')).toContain('药品采购不规范');
  });

  it('is answered by the day of the talk; one that was signed after it, like any other paper', () => {
    expect(talk.replyBy).toBe('2026-12-10');
    const late = letterOf(overdue, paperOf('talkNotice', { replyOn: localDate('2026-11-27') }), subject, rules);
    expect(late.replyBy).toBe('2026-12-07');
  });

  it('says what is not settled yet as such, and says the facts once', () => {
    const open = letterOf(overdue, paperOf('talkNotice'), subject, rules);
    expect([field('约谈时间', open), field('约谈地点', open)]).toEqual(['另行通知', '另行通知']);
    expect(
      letterLines(talk)
        .join('\n')
        .match(/药品采购不规范/g),
    ).toHaveLength(1);
  });
});

describe('a draft', () => {
  const draft = letterOf(overdue, paperOf('supervisionOrder'), { title: '题', asOf: signedOn }, rules);

  it('has no number, no day of signing and no last day, whose term counts from the signing', () => {
    expect(draft).toMatchObject({ number: null, signedOn: null, replyBy: null, replyWorkdays: 5, asOf: '2026-11-30' });
    expect(draft.requirement).toContain('于签发之日起5个工作日内书面回复');
  });

  it('says that it is one', () => {
    expect(letterLines(draft)[1]).toBe('（草稿）');
    expect(letterLines(draft)).not.toContain('2026年11月30日');
  });
});

test('a letter that is written again later names the earlier papers, not itself nor later ones', () => {
  const papers = overdue.papers.map((paper, index) => ({
    ...paper,
    number: `〔2026〕${index + 1}号`,
    signedOn: localDate(['2026-10-13', '2026-10-20', '2026-11-03', '2026-11-17'][index] ?? ''),
  }));
  const [, order] = papers;
  if (!order) throw new Error('no order');
  const letter = letterOf({ ...overdue, papers }, order, { ...subject, signedOn: localDate('2026-10-20') }, rules);
  expect(letter.matters[0]?.earlierPapers).toEqual(['提醒函〔2026〕1号']);
});

test('a role that nobody holds is addressed by its name', () => {
  expect(letterOf(overdue, paperOf('finalWarning'), subject, vacant('firstResponsible')).addressee).toBe('第一责任人');
});

describe('what a paper rests on', () => {
  const sources = Object.keys(roundSourceLabels) as RoundSource[];

  it('is named by every kind that orders or proposes, in rounds of every source, and by no other', () => {
    const silent: readonly LetterKind[] = ['reminderLetter', 'handover'];
    for (const kind of Object.keys(letterTitles) as LetterKind[])
      for (const source of sources)
        expect([kind, source, letterBasis(kind, source).length]).toEqual([kind, source, silent.includes(kind) ? 0 : 1]);
  });

  it('comes with its source, and names no article', () => {
    for (const { text: words, source } of bases) {
      expect(source).not.toBe('');
      expect(words).not.toMatch(/第.+条/);
    }
  });

  it('follows the policy of the round', () => {
    const audit = letterOf(overdue, paperOf('supervisionOrder'), subject, withPolicy({ source: 'audit' }));
    expect(audit.basis).toEqual(['《中华人民共和国审计法》和审计整改工作要求']);
  });
});

test.each([
  ['rectify#2', '整改'],
  ['milestone:2027-Q1', '阶段目标（2027-Q1）'],
  ['reply:supervisionOrder-3', '回复文书（督办通知单）'],
  ['review:disciplineGroup#1', '联审（纪检监察组）'],
  ['unheard:of', 'unheard:of'],
])('a list of a handover calls %s %s', (id, words) => {
  expect(dutyWords(id)).toBe(words);
});

test('a handover lists what is owed and by when', () => {
  expect(letterLines(letters.handover)).toEqual([
    '提醒函',
    '〔2026〕7号',
    '',
    'handler（责任单位负责人）：',
    '您接任北门卫生院责任单位负责人（前任head），该岗位尚有未办结的整改事项2项，列后。',
    '1. R1-001 整改，期限2026年12月31日',
    '2. R1-004 阶段目标（2027-Q1），期限2027年3月31日',
    '请熟悉情况、衔接进度，于2026年12月14日前签收交接清单。',
    '',
    '整改办',
    '2026年11月30日',
    '抄送：第一责任人',
  ]);
});
