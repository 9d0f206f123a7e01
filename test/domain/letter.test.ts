import { letterText } from '../../domain/paper/letter';
import { localDate } from '../../domain/time';
import { by, given, rules, underWay } from './support';

/** The texts that the rungs of a plan due on 2026-09-30 lead to, signed on the day they are drafted. */
function letter(paperId: string, time: string, number: string): string {
  const { state } = given(underWay().passesTo(time));
  const paper = state.papers.find(({ id }) => id === paperId);
  if (!paper) throw new Error(`no ${paperId} at ${time}`);
  return letterText(state, paper, { title: '药品采购不规范', number, signedOn: localDate(time.slice(0, 10)) }, rules);
}

test('a reminder letter tells the facts, asks for word and orders nothing', () => {
  const text = letter('reminderLetter-1', '2026-10-13T02:00+08:00', '〔2026〕3号');
  expect(text.split('\n')).toEqual([
    '提醒函',
    '〔2026〕3号',
    '',
    expect.stringMatching(/（牵头领导）：$/) as string,
    expect.stringMatching(
      /^R1-001号问题“药品采购不规范”由.+主办，整改期限为2026年9月30日，截至2026年10月13日已逾期5个工作日，目前处于“整改中”。$/,
    ) as string,
    '现予提醒，望关注整改进度，并于2026年10月20日前函复有关情况。',
    '',
    '整改办',
    '2026年10月13日',
    expect.stringMatching(/^抄送：.+（第一责任人）$/) as string,
  ]);
  expect(text).not.toMatch(/责令|必须/);
});

test('a supervision order names the letter that went out before and requires an answer by a day', () => {
  const signed = underWay()
    .passesTo('2026-10-13T02:00+08:00')
    .when('2026-10-13T09:00+08:00', by('clerk', { type: 'signPaper', paperId: 'reminderLetter-1' }))
    .passesTo('2026-10-20T02:00+08:00');
  const paper = signed.state.papers.find(({ kind }) => kind === 'supervisionOrder');
  if (!paper) throw new Error('no supervision order');
  const text = letterText(signed.state, paper, { title: '题', number: '〔2026〕1号', signedOn: localDate('2026-10-20') }, rules);
  expect(text).toMatch(/^督办通知单\n〔2026〕1号/);
  expect(text).toContain('此前已发提醒函');
  expect(text).toContain('于2026年10月27日前书面回复');
});
