/**
 * Characters that stand in hardly any given name: function words, measures, bodies, and what begins the words behind a name. A name ends
 * before them.
 */
const notInNames = new Set(
  '的了在是和与及等对为因被把将并且或不未无有其该此各每个项条名位员单院局科室部门组级类种型式性化者所委办公司会村镇乡县市区街道社校厂店户人他她它们你我这那哪什么怎于以从往到至自由给让令按照据根通过经已曾再又也都就还却但而则即虽何谁上下左右前后内外里间旁边两四五六七八九十百零第年日时分点号角块斤吨米度量数额款费税价资产务工作职责任题问答说话讲述称表示求要应当能须必需想愿带领导班干管督检查核施法规章制流程情况势态原效益率比例占超低多少短旧坏劣差弱轻缓急慢早晚末期限届次回遍趟样般些提出反映投诉举报申请取享受入住就诊疗手术药医护患病伤死亡亲属妻址邮件访登记销购买卖租借贷欠收支付缴退补扣罚处违犯罪案涉嫌免撤调离降停辞除审判看获持续开参加担兼代副助用使系签协订操赴某挪侵虚套骗冒贪瞒拒擅拖截',
);

/** Words behind a name that begin with a character which names know too: 王芳发生纠纷. */
const wordsBehind =
  /^(?:发[生现放布出]|进[行入一]|明[确显]|成[立为员]|生[活产病前]|安[排装全]|永久|建[立设议房]|光[明荣]|新[增建农]|学[习历]|民[政主警]|国[家有]|立[案即]|春节|金额|清[退理]|晋[升级]|家[属中里庭]|书[面写]|向[组本单县委该其]|应当|同[志意时]|未|先[生后]|女士|老师|教授)/u;

/** Words that begin like a name and are none. */
const notNames =
  /^(?:高[效频压标清新中龄铁速血温考校质]|全[县市区]|方[面法案针]|周[边密末围]|安[全排置装]|成[立效果绩]|白[天酒血]|黄[牌金]|马[上路列]|毛病|石[油料]|江[苏西南北]|金[融]|车[辆牌]|房[屋产]|孔子|万[元]|常[态见]|温[州度]|严[格肃密厉谨查重]|康复|水[平利电]|叶酸|米面|范[围例]|祝贺|景[区点]|牛羊|夏[季粮]|兰州|齐[全心]|沈阳|苏州|徐州|郑[州重]|董事|雷同|武[汉装警]|余[额款下]|谷物|史料|龙头|章程|欧洲|洪[水涝]|庄[稼重]|林[业场草木]|陈[旧列]|陆续|谢绝|许[可多]|杜绝|付出|焦[点虑]|涂改|盘活|苗木|辛苦|纪[检律]|凌晨|祖国|蒙受|宁[夏波]|柳州|关[键注心爱联]|曾经|毛泽东|邓小平|包[保联案干]|钱物|孟子|路[线径]|项目|符合|席位|鲁迅|雷锋|焦裕禄|孔繁森)/u;

/** Bodies and places end so, persons do not. */
const endOfBody = /[局委办院所站队厅处镇乡村校厂司会党团区县市州街园场馆]$/u;

/** Whether a word of two to four characters may be a person's name: its given name in no way reads as anything else. */
export const mayBeGiven = (given: string): boolean =>
  /^[一-鿿]{1,2}$/u.test(given) && !Array.from(given).some((char) => notInNames.has(char));

/** Whether a stretch begins a common word or names a body. */
export const isNoName = (name: string): boolean => notNames.test(name) || endOfBody.test(name);

/** Whether a name may end here: the text ends, a mark follows, or a character or word that no name goes on with. */
export const nameMayEnd = (rest: string): boolean =>
  rest === '' || !/^[一-鿿]/u.test(rest) || notInNames.has(rest.charAt(0)) || wordsBehind.test(rest);

/** Whether a name may begin behind this character. */
export const nameMayBegin = (before: string): boolean =>
  before === '' || !/[一-鿿]/u.test(before) || notInNames.has(before) || /[向同志]/u.test(before);
