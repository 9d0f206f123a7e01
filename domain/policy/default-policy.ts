import { defaultLadders, relapseLadder } from './ladders';
import type { Policy, Sourced, Strength } from './policy';

const of = <T>(value: T, strength: Strength, source: string): Sourced<T> => ({ value, strength, source });
const ours = <T>(value: T): Sourced<T> => of(value, 'default', '本产品默认值');

/** The default policy of a district inspection 巡察 (design.md, section 3). Every number can be edited; each names its source. */
export const defaultPolicy: Policy = {
  id: 'district-inspection',
  version: 1,
  title: '区县巡察整改',
  terms: {
    assign: ours({ workdays: 3 }),
    receipt: ours({ workdays: 3 }),
    plan: of({ months: 1 }, 'weak', '反馈后一个月内报送整改方案（多地转述，未见原文）'),
    planApproval: ours({ workdays: 5 }),
    planReview: ours({ workdays: 10 }),
    concentratedPeriod: of({ months: 3 }, 'strong', '巡察集中整改期三个月'),
    redo: ours({ workdays: 10 }),
    relapseRedo: ours({ workdays: 20 }),
    extensionDecision: ours({ workdays: 3 }),
    checkBack: ours({ workdays: 15 }),
    review: ours({ workdays: 10 }),
    checkBackDraw: of({ months: 6 }, 'weak', '销号后半年左右回头看'),
    afterCheckBack: ours({ workdays: 20 }),
    signPaper: ours({ workdays: 2 }),
  },
  ladders: defaultLadders,
  relapseLadder: ours(relapseLadder),
  shortSpanDays: ours(20),
  reviewParties: of(['disciplineGroup', 'organisationDept', 'inspectionOffice'], 'medium', '多地联审：纪检、组织、巡察办会签'),
  maxExtensions: ours(2),
  maxExtensionDays: ours(180),
  checkBackBefore: ours(true),
  onTheSpotPercent: ours(30),
  drawPercent: ours(50),
  minimumCheckers: of(2, 'medium', '现场检查不少于二人'),
};
