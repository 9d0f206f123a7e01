import type { RoundSource, Strength } from '../policy/policy';
import type { LetterKind } from './letter-words';

/** What a kind of paper rests on, in rounds of some sources, with where we know it from. */
export interface Basis {
  readonly text: string;
  readonly kinds: readonly LetterKind[];
  readonly sources: readonly RoundSource[];
  readonly strength: Strength;
  readonly source: string;
}

const ordering: readonly LetterKind[] = ['supervisionOrder', 'officeSupervisionOrder', 'finalWarning', 'talkNotice'];

/**
 * A reminder and a handover name no basis: they order nothing. Articles are not named: only documents whose place in rectification is
 * known to us stand here, and an office that quotes an article adds it by hand.
 */
export const bases: readonly Basis[] = [
  {
    text: '《中国共产党巡视工作条例》和巡察整改工作要求',
    kinds: ordering,
    sources: ['inspection'],
    strength: 'medium',
    source: '中共中央2024年2月8日发布的修订本；第三条列有加强巡视整改和成果运用（转载），整改各条未逐条核对',
  },
  {
    text: '《中国共产党巡视工作条例》和巡视整改工作要求',
    kinds: ordering,
    sources: ['provincialInspection'],
    strength: 'medium',
    source: '中共中央2024年2月8日发布的修订本；第三条列有加强巡视整改和成果运用（转载），整改各条未逐条核对',
  },
  {
    text: '《中华人民共和国审计法》和审计整改工作要求',
    kinds: ordering,
    sources: ['audit'],
    strength: 'strong',
    source: '审计法2021年第二次修正，第五十二条：被审计单位应当按照规定时间整改审计查出的问题',
  },
  {
    text: '本次专项整治工作方案',
    kinds: ordering,
    sources: ['campaign'],
    strength: 'default',
    source: '本产品默认值：专项整治以其方案为依据',
  },
  {
    text: '《中国共产党问责条例》',
    kinds: ['accountabilityProposal'],
    sources: ['inspection', 'provincialInspection', 'audit', 'campaign'],
    strength: 'medium',
    source: '2019年修订本（转载）；条款号随修订变动，不引用',
  },
];

/** The basis of a kind of paper in a round of a source; empty for a paper that orders nothing. */
export const letterBasis = (kind: LetterKind, roundSource: RoundSource): Basis[] =>
  bases.filter(({ kinds, sources }) => kinds.includes(kind) && sources.includes(roundSource));
