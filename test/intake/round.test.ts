import { read, report } from './support';

const one = '1.巡查不够。\n整改情况：已增加。';

test('who inspected whom, when, and when it was fed back', () => {
  const { round, docType } = read(report(one));
  expect(docType).toBe('rectification_report');
  expect(round.inspectedBody).toEqual({ value: '县农业局党组', raw: '县委第二巡察组对县农业局党组开展了巡察', line: 2 });
  expect(round.inspectingBody?.value).toBe('县委第二巡察组');
  expect(round.kind?.value).toBe('巡察');
  expect(round.onSite).toEqual([{ start: '2024-03-04', end: '2024-04-30', raw: '2024年3月4日至4月30日', line: 2 }]);
  expect(round.feedbackDate).toEqual({ value: '2024-06-12', raw: '6月12日', line: 2 });
  expect(round.reportDate).toMatchObject({ value: '2024-11-20', line: 8 });
  expect(round.issuedBy?.value).toBe('中共云溪县农业局党组');
  expect(round.publishedDate).toBeNull();
  expect(round.title?.value).toBe('中共云溪县农业局党组关于巡察整改进展情况的通报');
});

test('several periods on site, several bodies', () => {
  const { round } = read(
    `2023年3月1日至3月9日、5月5日至7月2日，区委巡察四组对区林业局党组进行了常规巡察，同时对各林场进行了专项巡察。\n${one}`,
  );
  expect(round.onSite.map(({ start, end }) => [start, end])).toEqual([
    ['2023-03-01', '2023-03-09'],
    ['2023-05-05', '2023-07-02'],
  ]);
  expect(round.otherInspectedBodies.map(({ value }) => value)).toEqual(['各林场']);
  expect(round.feedbackDate).toBeNull();
});

test('the feedback year is taken only when one year fits', () => {
  const text = (reported: string): string =>
    `2022年3月17日至7月12日，区委巡察四组对区林业局党组进行了巡察。9月15日，巡察组反馈了巡察意见。\n1.巡查不够。\n整改情况：已增加。\n中共松岭区林业局党组\n${reported}`;
  expect(read(text('2023年3月28日')).round.feedbackDate?.value).toBe('2022-09-15');
  expect(read(text('2023年12月28日')).round.feedbackDate).toBeNull();
});

test('published is what the page says, not the signature', () => {
  const { round } = read(`松岭区纪检监察网\n来源:区委巡察办 发布时间:2021/8/11 阅读次数:4\n${report(one)}`);
  expect([round.publishedDate?.value, round.publishedDate?.line, round.reportDate?.value]).toEqual(['2021-08-11', 2, '2024-11-20']);
});

test('a document number and a signature in Chinese numerals', () => {
  const { round } = read(`云农党文〔2024〕15号\n${report(one).replace('2024年11月20日', '二〇二四年十一月二十日')}`);
  expect([round.documentNumber?.value, round.reportDate?.value]).toEqual(['云农党文〔2024〕15号', '2024-11-20']);
});

test.each([
  ['云溪县2023年度审计查出问题整改情况的报告\n一、预算执行方面\n1.支出不实。\n整改情况：已调账。', 'audit_report'],
  ['县委第五轮巡察完成\n县委巡察组对12个单位进行了巡察。', 'round_summary'],
  ['专项整治动员\n开展专项整治。\n活动有序。\n自查自纠，发现整改问题14条。', 'campaign_article'],
  ['春天来了。', 'unknown'],
])('document type of %j', (text, docType) => {
  expect(read(text).docType).toBe(docType);
});
