import { read, readFinding, report } from './support';

const labels = (text: string): string[] => read(text).issues.map(({ label }) => label);
const titles = (text: string): string[] => read(text).issues.map(({ title }) => title);

describe('levels are inferred from the document', () => {
  test('container, aspect, category, issue', () => {
    const draft = read(
      report(
        '1.种子监管不到位。\n(1)抽检不够。\n整改情况：已补检。\n(2)台账缺失。\n整改情况：已建账。\n2.农机补贴发放缓慢。\n(3)审核不严。\n整改情况：已复核。',
      ),
    );
    expect(draft.aspects).toEqual([{ no: 1, title: '落实决策部署', line: 4 }]);
    expect(draft.categories.map(({ no, aspectNo, title }) => [no, aspectNo, title])).toEqual([
      [1, 1, '种子监管不到位'],
      [2, 1, '农机补贴发放缓慢'],
    ]);
    expect(draft.issues.map(({ number, label, categoryNo, line, endLine }) => [number, label, categoryNo, line, endLine])).toEqual([
      [1, '(1)', 1, 6, 7],
      [2, '(2)', 1, 8, 9],
      [3, '(3)', 2, 11, 12],
    ]);
  });

  test('no container: the outermost level is the aspect', () => {
    const draft = read(
      '一、关于履行职责方面存在的问题。\n1、巡查不够。\n整改情况：已巡查。\n二、在选人用人方面\n1、程序不严。\n整改情况：已规范。\n三、财务管理\n1.票据不实。\n整改情况：已核。',
    );
    expect(draft.aspects.map(({ title }) => title)).toEqual(['履行职责', '选人用人', '财务管理']);
    expect(draft.categories).toEqual([]);
    expect(draft.issues.map(({ aspectNo }) => aspectNo)).toEqual([1, 2, 3]);
  });

  test('flat findings below a container have neither aspect nor category', () => {
    const draft = read('二、针对反馈问题，扎实做好整改工作\n1、巡查不够。\n整改措施：加强。\n2.程序不严。\n整改措施：规范。');
    expect([draft.aspects.length, draft.categories.length]).toEqual([0, 0]);
    expect(draft.issues.map(({ label, aspect }) => [label, aspect])).toEqual([
      ['1、', null],
      ['2.', null],
    ]);
    expect(draft.findings.map(({ code }) => code)).toContain('mixedLabels');
  });

  test('without labels, the deepest headings that name shortcomings are the findings', () => {
    const draft = read(
      '关于巡察整改情况的通报\n一、提高认识\n(一)加强领导。成立小组。\n二、逐项整改\n(一)关于履职不够到位方面\n1.推动改革不扎实的整改\n一是定方案。\n二是抓落实。\n2.监管不严的整改\n已更新办法。\n三、下一步打算\n(一)持续用力。不放松。',
    );
    expect(draft.issues.map(({ title, measures }) => [title, measures.length])).toEqual([
      ['推动改革不扎实', 2],
      ['监管不严', 0],
    ]);
    expect(draft.aspects.map(({ title }) => title)).toEqual(['履职不够到位']);
  });

  test('numbers inside an account are measures, not findings', () => {
    expect(labels(report('1.巡查不够。\n整改情况：\n(1)增加频次。\n(2)建立台账。\n2.台账缺失。\n整改情况：已建。'))).toEqual(['1.', '2.']);
    expect(labels(report('1.巡查不够。\n(1)整改措施：增加频次。\n(2)落实情况：每周一次。\n2.台账缺失。\n(1)整改措施：建账。'))).toEqual([
      '1.',
      '2.',
    ]);
  });

  test('findings above one account share it', () => {
    const draft = read(report('1.防汛准备不足。\n(1)预案不全。\n(2)演练不够。\n整改情况：①修订预案。②组织演练。'));
    expect(draft.issues.map(({ measures, line, endLine }) => [measures.length, line, endLine])).toEqual([
      [2, 6, 8],
      [2, 7, 8],
    ]);
    expect(draft.findings.map(({ code }) => code)).toContain('sharedRectification');
  });

  test('findings without numbers are found by their labels', () => {
    const draft = read('云溪县整改情况通报\n反馈问题：巡查不够。\n整改情况：已完成。\n反馈问题：台账缺失。\n整改情况：正在整改。');
    expect(draft.issues.map(({ title, label, status }) => [title, label, status?.value])).toEqual([
      ['巡查不够', '', 'completed'],
      ['台账缺失', '', 'in_progress'],
    ]);
  });

  test('closing words, signature and page furniture belong to no finding', () => {
    const text = `首页 > 公开\n${report('1.巡查不够。\n整改情况：已增加。\n欢迎广大干部群众监督。联系电话：0000-1234567')}\n版权所有：云溪县`;
    expect(read(text).issues.map(({ endLine, text: words }) => [endLine, words])).toEqual([[7, '巡查不够。\n整改情况：已增加。']]);
  });

  test('a paragraph behind a one-line field is not part of the finding', () => {
    const [issue] = read(report('1.巡查不够。\n整改措施：增加。\n整改时限：立行立改\n我局取得了一定成效。')).issues;
    expect([issue?.endLine, issue?.deadline?.raw]).toEqual([7, '立行立改']);
  });
});

describe('other ways of writing a report', () => {
  test('fields may be numbered sentences', () => {
    const draft = read(
      report(
        '1.学习不深入。\n（1）问题表现。学习次数少。\n（2）整改措施。一是定计划。二是抓落实。\n（3）整改成效。已完成整改。\n2.责任不落实。\n（1）问题表现。考核少。\n（2）整改成效。修订办法。',
      ),
    );
    expect(draft.issues.map(({ label, measures, status }) => [label, measures.length, status?.value ?? null])).toEqual([
      ['1.', 2, 'completed'],
      ['2.', 0, null],
    ]);
  });

  test('a section may say the state of all that stands in it', () => {
    const draft = read(
      '县审计局审计查出问题整改情况的公告\n一、已完成整改的问题\n1.预算编制不完整。已调整预算。\n二、正在推进整改的问题\n2.往来款项长期挂账。正与有关部门协调。',
    );
    expect(draft.docType).toBe('audit_report');
    expect(draft.issues.map(({ title, aspect, status }) => [title, aspect, status?.value, status?.line])).toEqual([
      ['预算编制不完整', null, 'completed', 2],
      ['往来款项长期挂账', null, 'in_progress', 4],
    ]);
  });

  test('a feedback lists findings without accounts', () => {
    const draft = read(
      '县委第三巡察组向县农业局党组反馈巡察情况\n一、落实部署有差距。一是学习不深入。二是责任不落实。\n二、作风不正之风仍然存在。',
    );
    expect(draft.docType).toBe('feedback');
    expect(draft.issues.map(({ title, measures }) => [title, measures.length])).toEqual([
      ['落实部署有差距', 0],
      ['作风不正之风仍然存在', 0],
    ]);
  });
});

describe('hard line breaks', () => {
  test('a heading may begin with a year right behind its number; a decimal is no number', () => {
    const { issues } = read(
      report(
        '1.2021年县委巡察反馈问题整改不彻底。\n整改情况：已补。\n2.2022年决算审计问题整改滞后。\n整改情况：2.5万元已清退。\n3.5公里渠道已疏浚。',
      ),
    );
    expect(issues.map(({ label, title }) => [label, title])).toEqual([
      ['1.', '2021年县委巡察反馈问题整改不彻底'],
      ['2.', '2022年决算审计问题整改滞后'],
    ]);
  });

  test('a heading that goes on with 的 is one heading', () => {
    const draft = read(
      report('').replace('（一）落实决策部署方面\n', '（一）聚焦决策部署落实方面存在\n的问题\n1.巡查不够。\n整改情况：已增加。'),
    );
    expect(draft.aspects.map(({ title }) => title)).toEqual(['聚焦决策部署落实']);
  });

  test('a sentence cut by a page end is put together; lines stay physical', () => {
    const [issue] = read(
      report('1、巡查不够。去年只查了\n\n— 3 —\n\n两次，记录不全。\n整改措施：一是增加频\n\n次。二是补记录。\n落实情况：已补。'),
    ).issues;
    expect(issue?.text.split('\n')[0]).toBe('巡查不够。去年只查了两次，记录不全。');
    expect(issue?.measures.map(({ text, line }) => [text, line])).toEqual([
      ['增加频次。', 10],
      ['补记录。', 12],
    ]);
    expect([issue?.line, issue?.endLine]).toEqual([5, 13]);
  });

  test('an unpunctuated heading stays a heading', () => {
    expect(titles(report('1.农技推广不够\n整改情况：已加强。\n2.水利设施管护不力\n整改情况：已落实。'))).toEqual([
      '农技推广不够',
      '水利设施管护不力',
    ]);
  });
});

describe('titles', () => {
  test.each([
    ['1.关于巡查不够问题的整改', '巡查不够'],
    ['1.关于巡查不够的整改', '巡查不够'],
    ['1.关于“巡查不够。台账缺失”问题的整改', '巡查不够。台账缺失'],
    ['1.关于“巡查不够，台账缺失”的问题。', '巡查不够，台账缺失'],
    ['1.“一岗双责”落实不够。', '“一岗双责”落实不够'],
    ['1.巡查不够，频次少。如：去年只有两次。', '巡查不够，频次少'],
    ['1.巡查不够的问题', '巡查不够的问题'],
  ])('%s → %s', (heading, title) => {
    expect(readFinding(`${heading}\n整改情况：已加强。`).title).toBe(title);
  });
});
