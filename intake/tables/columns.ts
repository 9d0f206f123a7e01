import { fieldKindOf, type FieldKind } from '../labels';

/** What a column of a ledger holds. `note` is read as text and means nothing more. */
export type ColumnRole =
  | Exclude<FieldKind, 'finding'>
  | 'number'
  | 'finding'
  | 'aspect'
  | 'category'
  /** 是否销号: struck off, which is not the same as finished. */
  | 'closed'
  /** 整改类型: 立行立改, 限期整改, 长期坚持. */
  | 'mode'
  | 'doneOn'
  | 'count'
  | 'note';

export interface Column {
  readonly index: number;
  readonly role: ColumnRole;
  /** The heading without brackets: 涉及金额. */
  readonly name: string;
  /** What the heading says its numbers count: 万元, 人. */
  readonly unit: string | null;
}

// Order matters: 问题数 is no finding, 问题类别 no finding, 整改类别 no aspect, 实际完成时间 no limit.
const families: readonly (readonly [ColumnRole, RegExp])[] = [
  ['number', /^(?:(?:问题|任务|台账|项目|整改|清单|反馈)?(?:序号|编号|序列|代码)|no\.?|号)$/i],
  ['mode', /^(?:整改)?时限(?:类别|类型|分类)$|^整改(?:类型|类别|方式|分类|性质|时序)$|^立行立改.*(?:限期|长期|集中)/],
  ['aspect', /^(?:反馈|问题|所属|责任|巡察|巡视|监督|检查|审计|存在)*(?:方面|类别|分类|类型|板块|领域|维度|大类|大项|模块|一级指标)$/],
  ['category', /^(?:问题)?(?:小类|小项|子类|细类|二级指标|二级分类|具体方面)$/],
  ['closed', /^(?:是否|已|申请)?销号(?:情况|状态|结果|与否)?$/],
  ['doneOn', /^(?:实际|销号|办结|验收|确认).{0,4}(?:时间|日期)$|^(?:完成|办结|销号)日期$/],
  ['note', /^(?:措施|举措|任务)(?:序号|编号)$/],
  ['count', /(?:数|数量|率|总数|得分|分值)$/],
  ['note', /^(?:备注|说明|备考)$|佐证|附件|证明材料|印证|来源|依据|联系电话|联系方式|电话/],
];

/** Wider nets for headings that the lexicon of labels doesn't know. */
const likely: readonly (readonly [ColumnRole, RegExp])[] = [
  ['remaining', /未.{0,8}(?:完成|到位).{0,6}(?:原因|问题|情况)/],
  ['next', /^下[一步阶]|^后续/],
  ['deadline', /时限|期限|时间节点|^(?:计划|拟|预计|要求).{0,6}(?:时间|日期)$|^完成时间$/],
  ['status', /^是否.{0,8}(?:完成|整改|到位|办结|落实|解决)|完成与否|^(?:整改|完成|当前|目前).{0,4}(?:状态|进度|程度)$|^状态$|^进度$/],
  ['implementation', /(?:整改|落实|完成|进展|推进|办理|执行|工作).{0,6}(?:情况|进展|成效|结果)|进展|成效|整改结果/],
  ['measures', /措施|举措|整改方案|^整改(?:任务|要求|内容|计划)$/],
  ['leadLeader', /(?:牵头|责任|包联|分管|包保|主管|挂点|督办|包抓|县级|市级|局级|院级|校级).{0,3}领导|领导$/],
  ['coUnits', /(?:配合|协办|协助|参与|协同)/],
  ['handler', /(?:责任|经办|联系|具体负责|承办|直接责任|第一责任)人|^负责人$/],
  ['responsibleUnit', /(?:责任|牵头|主责|主办|承办|整改|落实).{0,4}(?:单位|部门|科室|处室|股室|主体|组织)|^(?:单位|部门|科室)$/],
  ['finding', /^.{0,10}(?:问题|事项|意见)(?:描述|内容|表现|概述|摘要|情况|清单|详情|明细)?$|^(?:主要|具体)?表现$|^问题.{0,6}$/],
];

/** What a heading of a column means; null for one that is none or unknown. */
export function columnRole(heading: string): Pick<Column, 'role' | 'name' | 'unit'> | null {
  const plain = heading
    .replace(/\s+/gu, '')
    .replace(/[:：*＊]+$/u, '')
    .replace(/^[*＊]+/u, '');
  const name = plain.replace(/[（(【[][^（()）【】[\]]{0,30}[)）】\]]/gu, '');
  if (name.length < 1 || name.length > 24 || /[。；;！？]/u.test(name)) return null;
  const unit = /[（(](?:单位[:：])?(万元|亿元|元|人次|人)[)）]/u.exec(plain)?.[1] ?? null;
  const own = families.find(([, pattern]) => pattern.test(name))?.[0];
  if (own === 'count' && unit === null && !/人(?:次|数)/u.test(name)) return { role: 'count', name, unit };
  const role = own ?? fieldKindOf(name) ?? likely.find(([, pattern]) => pattern.test(name))?.[0] ?? (unit === null ? null : 'count');
  return role === null ? null : { role, name, unit: unit ?? (/人次/u.test(name) ? '人次' : /人数/u.test(name) ? '人' : null) };
}
