/** What a labelled part of an issue tells. */
export type FieldKind =
  | 'finding'
  | 'measures'
  | 'implementation'
  | 'remaining'
  | 'next'
  | 'cause'
  | 'widerCheck'
  | 'goal'
  | 'deadline'
  | 'status'
  | 'leadLeader'
  | 'responsibleUnit'
  | 'handler'
  | 'coUnits';

/** What the name of an account is made of: 整改落实情况, 主要整改措施及成效, 目前进展. */
const accountWords =
  '目前|当前|最新|具体|巡察|巡视|反馈|问题|整改|落实|工作|措施|举措|完成|推进|办理|进展|任务|事项|成效|结果|取得|主要|实际|阶段性|情况|已';
const accountEnds = '情况|进展|成效|效果|结果|成果|落实|整改|(?:情况|成效|进展|结果|效果)(?:及|和|与|、)?(?:整改)?(?:措施|举措)';

// The lexicon of labels. Every office words them a little differently, so families are named by what they end with.
// Order matters: 整改中存在的问题 is no finding, 下一步整改措施 no measure of today.
const families: readonly (readonly [FieldKind, RegExp])[] = [
  [
    'remaining',
    /^(?:整改(?:工作)?中)?(?:仍|还|尚)?存在的?(?:问题(?:和|与|及)?|困难(?:和|与|及)?|不足|原因){1,3}$|^整改中存在的?.{0,6}$|^未(?:完成|整改到位).{0,6}原因$|^(?:存在)?(?:主要)?困难$/,
  ],
  ['next', /^(?:下一?步|下阶段|后续|今后).{0,10}$/],
  ['cause', /^(?:问题)?(?:产生的?)?原因(?:分析|剖析)?$|^问题成因$/],
  ['widerCheck', /^举一反三(?:情况|措施)?$/],
  [
    'deadline',
    /^(?:整改|完成|办结|计划|预计|时间|拟)*(?:时限|期限)(?:要求|安排)?$|^(?:整改|完成|办结|计划|预计|拟)+(?:的)?(?:时间|日期|时间节点)(?:要求|安排)?$/,
  ],
  ['status', /^(?:整改|完成|当前|目前|问题)*(?:状态|进度)$|^(?:是否|销号)(?:完成|整改|销号|情况|状态|完成整改|整改到位)$/],
  ['leadLeader', /^(?:整改)?(?:牵头|责任|包联|分管|包保|主管|挂点|督办)(?:校|院|局|委)?(?:领导|领导班子成员|班子成员)$/],
  ['responsibleUnit', /^(?:整改)?(?:牵头|责任|主责|主办|承办|整改|牵头责任|主要责任)(?:单位|部门|科室|处室|股室|主体)(?:及责任人)?$/],
  ['handler', /^(?:整改|具体|直接|第一|牵头|主要)?(?:责任人|经办人|联系人|责任人员)$/],
  ['coUnits', /^(?:配合|协办|协助|参与|协同|责任配合)(?:单位|部门|科室|处室|股室)$/],
  ['goal', /^(?:整改)?目标(?:任务|要求)?$/],
  ['measures', /^(?:具体|主要|整改|采取的|采取|工作|整改工作|(?:已|已经|正在|拟)?(?:完成|采取|落实|推进|实施)的)*(?:措施|举措|任务)$/],
  ['implementation', new RegExp(`^(?:${accountWords}|[及和与、的])*(?:${accountEnds})$`)],
  ['finding', /^(?:具体|反馈|存在的?|主要|巡察|巡视|审计|发现|查出|指出)*(?:问题|意见)(?:描述|表现|内容|概述|摘要)?$/],
];

/** The kind that a label word means, or null. The word comes without brackets and colon. */
export function fieldKindOf(word: string): FieldKind | null {
  const label = word.replace(/\s+/g, '');
  if (label.length < 2 || label.length > 16) return null;
  return families.find(([, pattern]) => pattern.test(label))?.[0] ?? null;
}

/** A label found in a paragraph. */
export interface LabelHit {
  readonly kind: FieldKind;
  readonly at: number;
  /** Where the labelled words begin. */
  readonly contentAt: number;
}

const bare = /^[一-鿿]{2,16}(?=[。.]?$)/u;
/** 整改措施。一是…: a short label that is a sentence of its own at the start. */
const sentenceLabel = /^([一-鿿]{4,6})。/u;
const labelled = /[【〔〖［[]\s?([一-鿿]{2,16}?)\s?[】〕〗］\]]\s?[:：]?|([一-鿿]{2,16})\s?[:：]/gu;
/** Words that are a label even behind a comma: …账实不符，整改措施：…. */
const strongLabel = /^整改(?:落实)?(?:措施|情况|成效|进展|结果|举措)$/;
const short: ReadonlySet<FieldKind> = new Set(['deadline', 'status', 'leadLeader', 'responsibleUnit', 'handler', 'coUnits']);

/** The labels of one paragraph, in text order: at its start, after a full stop, or (parties and limits) after any separator. */
export function labelsIn(text: string): LabelHit[] {
  const whole = text.length <= 18 ? bare.exec(text) : null;
  const wholeKind = whole === null ? null : fieldKindOf(whole[0]);
  if (wholeKind !== null) return [{ kind: wholeKind, at: 0, contentAt: text.length }];
  const opening = sentenceLabel.exec(text);
  const openingKind = opening === null ? null : fieldKindOf(opening[1] ?? '');
  const hits: LabelHit[] = openingKind === null || opening === null ? [] : [{ kind: openingKind, at: 0, contentAt: opening[0].length }];
  for (const match of text.matchAll(labelled)) {
    const kind = fieldKindOf(match[1] ?? match[2] ?? '');
    if (kind === null) continue;
    const before = text.slice(0, match.index).trimEnd();
    const last = before.charAt(before.length - 1);
    const afterGap = before.length < match.index;
    const starts =
      before === '' ||
      '。！？；;）)】”\n'.includes(last) ||
      afterGap ||
      match[1] !== undefined ||
      ((short.has(kind) || strongLabel.test(match[2] ?? '')) && '，,、（('.includes(last));
    if (starts) hits.push({ kind, at: match.index, contentAt: match.index + match[0].length });
  }
  return hits;
}

/** Fields that tell how a finding was rectified: a heading that has one is an issue. */
export const isRectification = (kind: FieldKind): boolean => kind === 'measures' || kind === 'implementation';

/** Fields whose value is one short phrase on its own line. */
export const isShortField = (kind: FieldKind): boolean => short.has(kind);
