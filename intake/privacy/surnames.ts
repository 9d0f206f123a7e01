/**
 * The hundred and more commonest surnames of China (Ministry of Public Security, 全国姓名报告), without those that are function words or
 * verbs far more often (和, 从, 应, 强, 全, 计, 解, 单, 支, 谈, 查, 能, 满, 盛).
 */
const single = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤樊焦温康施葛倪乔翟鲁詹岳齐庞涂欧俞颜聂章梅盘关柳兰耿邢殷苗翁路安常祁辛洪庄纪凌霍童舒邬甘裴涂祝丘冉阮骆柯凤虞娄游桑申尤窦饶鲍祖卫房景柴褚屈戚车晏席符牛费占缪戈冼麦蒙缑郜郗靳蔺鞠桂项欣仇寇粟荆阎滕卞谷娄宁',
);
const double = new Set([
  '欧阳',
  '上官',
  '司马',
  '诸葛',
  '皇甫',
  '尉迟',
  '公孙',
  '慕容',
  '令狐',
  '夏侯',
  '司徒',
  '东方',
  '独孤',
  '端木',
  '宇文',
  '长孙',
]);

/** How many characters of a surname the text begins with: 0 when it begins with none, 2 for a double surname. */
export function startsWithSurname(text: string): 0 | 1 | 2 {
  if (double.has(text.slice(0, 2))) return 2;
  return single.has(text.charAt(0)) ? 1 : 0;
}
