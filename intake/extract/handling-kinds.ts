/**
 * Kinds of handling 人员处理 with the words that mean them, the longer words first; single sanctions count as their family
 * (党内警告 is a 党纪处分). Sources: 纪律处分条例 (2023) article 8, 政务处分法 article 7, the table 组织处理 of 2021, 监督执纪工作规则.
 */
const kinds: readonly (readonly [string, string])[] = [
  ['党纪政务处分', '党、政纪处分|党政纪处分|党纪政务处分|党纪政纪处分|党纪、政务处分|党政务处分'],
  ['党纪处分', '党纪处分|党内严重警告|党内警告|严重警告|撤销党内职务|留党察看|开除党籍|党内处分'],
  [
    '政务处分',
    '政务处分|政纪处分|行政处分|政务警告|行政警告|政务记大过|政务记过|行政记大过|行政记过|记大过|记过|政务降级|行政降级|降级处分|降级|政务撤职|行政撤职|撤职|政务开除|开除公职|行政开除|开除处分|开除',
  ],
  ['立案', '立案审查调查|立案审查|立案调查|立案处理|立案查处|立案'],
  ['留置', '采取留置措施|留置'],
  ['诫勉', '诫勉谈话|诫勉处理|诫勉'],
  ['谈话提醒', '谈话提醒|提醒谈话|约谈提醒|警示谈话|提醒约谈|廉政提醒谈话|批评提醒|谈话函询'],
  ['约谈', '集体约谈|约谈'],
  ['谈话', '严肃谈话'],
  ['批评教育', '批评教育帮助|批评教育'],
  ['责令检查', '责令(?:其|作出|做出|作)*(?:深刻|书面)*(?:检查|检讨)|(?:作出|做出|作)?(?:深刻|书面)(?:检查|检讨)'],
  ['通报批评', '通报批评|通报问责|点名通报'],
  ['组织处理', '组织处理|组织调整|停职检查|停职|责令辞职|引咎辞职|免职处理|免职|免去职务|降职|撤换'],
  ['调整岗位', '调整岗位|调离岗位|调离工作岗位|调离原岗位|调离|岗位调整'],
  ['经济处理', '经济处理|经济处罚|经济处分|扣发(?:绩效(?:工资)?|奖金)|扣除绩效(?:工资)?'],
  ['移送司法', '移送司法机关|移送司法|移送检察机关|移送审查起诉'],
  ['移送', '移送纪检监察机关|移送纪委监委|移交纪检监察机关|移交纪委监委|移送纪检监察组|移送处理|移送'],
  ['第一种形态', '第一种形态'],
  ['第二种形态', '第二种形态'],
  ['第三种形态', '第三种形态'],
  ['第四种形态', '第四种形态'],
  ['问责', '追责问责|党内问责|问责处理|问责'],
];
const anyKind = new RegExp(kinds.map(([, words]) => words).join('|'), 'gu');
const wholly = kinds.map(([kind, words]) => [kind, new RegExp(`^(?:${words})$`, 'u')] as const);

/** A kind of handling in a text, with its offsets. */
export interface KindHit {
  readonly kind: string;
  readonly at: number;
  readonly end: number;
}

/** Every kind that the text names, in text order. */
export const kindsIn = (text: string): KindHit[] =>
  Array.from(text.matchAll(anyKind), ({ 0: words, index }) => ({
    kind: wholly.find(([, pattern]) => pattern.test(words))?.[0] ?? '',
    at: index,
    end: index + words.length,
  }));
