import { roles, type Role } from '../roles';
import { duringLabels, everyLabels, toneLabels } from './explain';
import {
  obligationLabels,
  paperLabels,
  type AssessmentScale,
  type Audience,
  type Cadence,
  type Ladder,
  type Offset,
  type PaperOrder,
  type RoundSource,
  type Rung,
  type Term,
} from './policy';

/** 3个工作日, 30日, 1个月. */
export function describeTerm(term: Term): string {
  if ('months' in term) return `${term.months}个月`;
  return 'workdays' in term ? `${term.workdays}个工作日` : `${term.days}日`;
}

/** When a rung fires: 事项产生时, 到期前20日, 到期当日, 逾期第1日, 逾期后第5个工作日. */
export function describeOffset(offset: Offset): string {
  if (offset === 'opened') return '事项产生时';
  if ('days' in offset) {
    if (offset.days === 0) return '到期当日';
    return offset.days < 0 ? `到期前${-offset.days}日` : `逾期第${offset.days}日`;
  }
  if (offset.workdays === 0) return '到期当日（工作日）';
  return offset.workdays < 0 ? `到期前第${-offset.workdays}个工作日` : `逾期后第${offset.workdays}个工作日`;
}

/** The name of a role in rounds of this source: who is in charge of a unit in a campaign is its 包联领导. */
export const roleLabel = (role: Role, source?: RoundSource): string =>
  source === 'campaign' && role === 'leaderInCharge' ? '包联领导' : roles[role];

/** Who hears, in the order of the ladder: 应办人、牵头领导. */
export const describeAudience = (audience: readonly Audience[], source?: RoundSource): string =>
  audience.map((one) => (one === 'holder' ? '应办人' : roleLabel(one, source))).join('、') || '（无）';

/** 提醒函（整改办签发，主送牵头领导，抄送第一责任人，5个工作日内回复）. */
export function describePaper({ kind, issuer, addressee, copyTo, replyWorkdays }: PaperOrder, source?: RoundSource): string {
  const copies = copyTo.length > 0 ? `，抄送${describeAudience(copyTo, source)}` : '';
  return `${paperLabels[kind]}（${roleLabel(issuer, source)}签发，主送${roleLabel(addressee, source)}${copies}，${replyWorkdays}个工作日内回复）`;
}

/** One rung in a line: 到期前20日 → 责任人（绿）; a paper and a repetition follow. */
function describeRung({ offset, audience, tone, paper, repeatEveryWorkdays, opens }: Rung, source?: RoundSource): string {
  const line = `${describeOffset(offset)} → ${describeAudience(audience, source)}（${toneLabels[tone]}）`;
  const drafted = paper ? `，拟${describePaper(paper, source)}` : '';
  const owed = opens ? `，须${obligationLabels[opens]}` : '';
  return `${line}${drafted}${owed}${repeatEveryWorkdays === undefined ? '' : `，此后每${repeatEveryWorkdays}个工作日一次`}`;
}

/** A ladder as lines to read, one a rung, in its order. */
export const describeLadder = (ladder: Ladder, source?: RoundSource): string[] => ladder.map((rung) => describeRung(rung, source));

/** 每半月一次（集中整改期内）. */
export const describeCadence = ({ every, during }: Cadence): string => `${everyLabels[every]}一次（${duringLabels[during]}）`;

/** 满分100：好90分起、较好80分起、一般60分起、差0分起. */
export const describeScale = ({ fullMarks, grades }: AssessmentScale): string =>
  `满分${fullMarks}：${grades.map(({ grade, from }) => `${grade}${from}分起`).join('、')}`;
