/** Words that a site puts beside a text for its reader to click or glance at: each pattern is a whole word between blanks or bars. */
const plainWord = new RegExp(
  `^(?:${[
    '(?:浏览|阅读|点击|访问|人气)(?:次数|人次|总数|数|量|率)?[:：](?:\\d{0,9}|加载中[.…]{0,6}|正在(?:加载|读取)[.…]{0,6})次?',
    '(?:浏览|阅读|点击|访问|人气)(?:次数|人次|总数|数|量)\\d{0,9}次?',
    '(?:选择|调整)?(?:字体|字号|文字)(?:大小|设置)?[:：]?(?:特大|超大|较大|大|默认|标准|中|小|A[+＋\\-－]?){0,6}',
    '(?:我要)?打印(?:本页|此页|本文|页面|文章|稿件)?|(?:我要)?关闭(?:本页|窗口|页面)?|(?:加入|我要)?收藏(?:本页|本文)?|大中小',
    '返回(?:顶部|首页|列表|上一页|上页)?|回到顶部|保存本页|下载(?:本页|文字版)|复制链接|我要纠错|语音(?:播报|朗读)|无障碍(?:阅读|浏览)?',
    '(?:一键)?分享(?:到|至)?[:：]?|扫一扫.{0,20}|视力保护色[:：]?',
    '(?:责任编辑|责编|编辑|校对|排版|录入者?|初审|复审|终审|审核人|供稿人)[:：].{0,12}',
  ].join('|')})$`,
  'u',
);
/** Words that are furniture beside such a word, or in a line of nothing else. */
const doubtfulWord =
  /^(?:特大|超大|较大|大|默认|标准|中|小|A[+＋\-－]?|TOP|保存|纠错|朗读|收听|微信|朋友圈|(?:新浪)?微博|QQ(?:空间|好友)?|)$/u;

/** Whole lines of the same kind. */
const furnitureLine: readonly RegExp[] = [
  /^(?:您|你)?(?:的)?(?:当前|现在|所在)?(?:的)?(?:所在)?位置(?:是)?\s?[:：>»›].{0,160}$/u,
  /^(?:网站)?首页\s?(?:[>»›/→\\]|-|＞).{0,160}$/u,
  /^[【[(（<《]{0,2}\s?(?:上|下|前|后)一?(?:篇|条|则|页)(?:文章|新闻|信息)?\s?[】\])）>》]{0,2}\s?(?:[:：].{0,160})?$/u,
  /^(?:相关(?:链接|文章|阅读|新闻|信息|推荐|稿件|文档|解读|政策)|延伸阅读|推荐(?:阅读|信息)|热点(?:新闻|推荐)|友情链接|网站链接|最新(?:信息|动态|发布))\s?[:：]?$/u,
  /^(?:网站地图|联系我们|关于我们|隐私(?:声明|保护)|网站声明|设为首页|网站帮助|登录|注册|搜索|用户登录)(?:\s?[|｜·]?\s?(?:网站地图|联系我们|关于我们|隐私(?:声明|保护)|网站声明|设为首页|加入收藏|网站帮助|登录|注册|搜索)){0,8}$/u,
  /^(?:扫一扫|扫描二维码|用微信).{0,40}$/u,
];

/** What only a site's foot says. */
const footer = /ICP备|公网安备|版权所有|网站标识码|Copyright|©|党政机关事业单位标识|IPv6(?:支持|网络)|建议使用.{0,20}(?:浏览器|分辨率)/iu;
/** What a site's foot may say besides, and a report may as well. */
const nearFooter =
  /^(?:主办|承办|协办|技术支持|主管|维护|联系)(?:单位|电话)?\s?[:：]|^(?:地址|邮编|邮政编码|电话|传真|电子邮箱)\s?[:：]|网站地图|联系我们|关于我们/u;

/** Longer lines, and sentences, are a text's own. */
const isShort = (line: string): boolean => line.length <= 200 && !line.includes('。');

export const isFooter = (line: string): boolean => isShort(line) && footer.test(line);
export const isNearFooter = (line: string): boolean => isShort(line) && nearFooter.test(line);

/**
 * A page's line without what belongs to the page: of `发布时间：2024-05-06 浏览次数：12 【打印】` the publication is left, of a breadcrumb
 * or 上一篇 nothing. A line that has no furniture comes back as it is.
 */
export function withoutFurniture(line: string): string {
  const text = line.trim();
  if (!isShort(text)) return line;
  if (furnitureLine.some((pattern) => pattern.test(text))) return '';
  const words = text
    .replace(/([:：])\s+/gu, '$1')
    .split(/[\s|｜丨]+/u)
    .filter((word) => word !== '');
  const bare = words.map((word) => word.replace(/[【[(（〖{]|[】\]）)〗}]/gu, ''));
  const isPlain = bare.map((word) => plainWord.test(word));
  if (!isPlain.includes(true) && !bare.every((word) => doubtfulWord.test(word))) return line;
  return words.filter((_, index) => isPlain[index] !== true && !doubtfulWord.test(bare[index] ?? '')).join(' ');
}

export const isFurniture = (line: string): boolean => withoutFurniture(line) === '' || isFooter(line);

/** Lines that say when, by whom and under which number a page was published. */
export const isPublication = (line: string): boolean =>
  isShort(line) &&
  /(?:发布|发表|公布|公开|发文|成文|印发|生成|更新|刊发|上传)(?:时间|日期)\s?[:：]|^(?:时间|日期)\s?[:：]\s?\d|(?:来源|稿源|发布机构|发文机关|发文单位|发布单位|公开单位|索引号|文号|信息名称)\s?[:：]|^[（(]?(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?(?:\s\d{1,2}:\d{2}(?::\d{2})?)?[)）]?$/u.test(
    line.trim(),
  );
