import type { Audience, ObligationKind } from './policy';

/**
 * Where each ladder ends (design.md, section 3): its last rung must reach all of these. Rectification, the two reports and replies end
 * at the inspection office; what the unit owes, at the first responsible person; a review and whatever an inspection office owes, at
 * the inspection leading group, in which the heads of the reviewers sit; who keeps a rhythm is only reminded. A ladder that ends
 * lower has a hole.
 */
export const ladderEnds: Readonly<Record<ObligationKind, readonly Audience[]>> = {
  assign: ['firstResponsible'],
  receipt: ['firstResponsible'],
  plan: ['firstResponsible'],
  planApproval: ['firstResponsible'],
  planReview: ['inspectionLeadingGroup'],
  rectify: ['inspectionOffice'],
  measure: ['firstResponsible'],
  milestone: ['firstResponsible'],
  extensionEndorsement: ['firstResponsible'],
  extensionDecision: ['inspectionLeadingGroup'],
  checkBack: ['firstResponsible'],
  review: ['inspectionLeadingGroup'],
  checkBackDraw: ['inspectionLeadingGroup'],
  afterCheckBack: ['inspectionLeadingGroup'],
  signPaper: ['inspectionLeadingGroup'],
  reply: ['inspectionOffice'],
  upkeep: ['firstResponsible'],
  stageReview: ['firstResponsible'],
  suspensionReview: ['inspectionLeadingGroup'],
  coordinationAnswer: ['inspectionLeadingGroup'],
  coordinationNote: ['rectificationOffice'],
  vacancy: ['firstResponsible'],
  handover: ['rectificationOffice', 'firstResponsible'],
  calendarTable: ['holder'],
  roundPlan: ['inspectionOffice'],
  organisationReport: ['inspectionOffice'],
  secretaryReport: ['inspectionOffice'],
  assessment: ['inspectionLeadingGroup'],
  checkBackPlan: ['inspectionLeadingGroup'],
  cadence: ['holder'],
  collection: ['holder'],
  selfCheck: ['firstResponsible'],
  finding: ['firstResponsible'],
  correction: ['firstResponsible'],
  coordinationDecision: ['firstResponsible'],
  talkDecision: ['inspectionLeadingGroup'],
};

/** These remind whoever keeps them and escalate to nobody: no other audience, no red, no paper. */
export const remindOnlyKinds: readonly ObligationKind[] = ['cadence', 'collection', 'calendarTable'];

/** Not red: the unit's red rungs rest while a coordination is open. */
export const neverRedKinds: readonly ObligationKind[] = [...remindOnlyKinds, 'coordinationNote'];

/** Owed for a whole round or deployment, where nobody holds a role of a unit or of one issue. */
export const roundKinds: readonly ObligationKind[] = [
  'roundPlan',
  'organisationReport',
  'secretaryReport',
  'assessment',
  'checkBackPlan',
  'cadence',
  'calendarTable',
  'selfCheck',
  'finding',
];
