/** Roles a post can carry (design.md, section 1). Duties belong to posts, not to persons. */
export const roles = {
  handler: '责任人',
  liaison: '联络员',
  unitHead: '责任单位负责人',
  leadLeader: '牵头领导',
  leaderInCharge: '分管领导',
  firstResponsible: '第一责任人',
  leadingGroup: '整改工作领导小组',
  rectificationOffice: '整改办',
  disciplineGroup: '纪检监察组',
  organisationDept: '组织部门',
  inspectionGroup: '巡察组',
  inspectionOffice: '巡察办',
  inspectionLeadingGroup: '巡察工作领导小组',
  auditor: '审计',
  admin: '管理员',
} as const;

export type Role = keyof typeof roles;

/** The role of a Chinese label, or undefined. */
export const roleOf = (label: string): Role | undefined => (Object.keys(roles) as Role[]).find((role) => roles[role] === label);
