import { commandRoles } from '../issue/command-words';
import { roles } from '../roles';
import { checkBackAfterLabels, duringLabels, everyLabels, fieldLabels, reviewOrderLabels } from './explain';
import type { Policy } from './policy';
import { fault, isCount, type PolicyFailure } from './policy-failure';

/** What is wrong with the fields beside terms and ladders: numbers, choices, review parties, cadences, assessment. */
export const checkFields = (policy: Policy): PolicyFailure[] => [
  ...checkNumbers(policy),
  ...checkChoices(policy),
  ...checkReview(policy),
  ...checkCadences(policy),
  ...checkScale(policy),
];

/** Whole numbers with their limits; a percentage is one from 0 to 100. */
const limits = {
  shortSpanDays: [0, 366],
  maxExtensions: [0, 100],
  maxExtensionDays: [0, 3_660],
  onTheSpotPercent: [0, 100],
  drawPercent: [0, 100],
  minimumCheckers: [1, 20],
  lateRecordWorkdays: [0, 260],
} as const;

function checkNumbers(policy: Policy): PolicyFailure[] {
  return Object.entries(limits).flatMap(([name, [least, most]]) => {
    const { value } = policy[name as keyof typeof limits];
    if (isCount(value, least, most)) return [];
    const code = name.endsWith('Percent') ? 'percent' : 'number';
    return [
      fault(code, `${name}.value`, `“${fieldLabels[name as keyof Policy]}”的值${value}不在范围内。`, `请填写${least}到${most}之间的整数。`),
    ];
  });
}

function checkChoices({ reviewOrder, checkBackAfter }: Policy): PolicyFailure[] {
  const choices = [
    ['reviewOrder', reviewOrder.value, reviewOrderLabels] as const,
    ['checkBackAfter', checkBackAfter.value, checkBackAfterLabels] as const,
  ];
  return choices.flatMap(([name, value, labels]) =>
    Object.hasOwn(labels, value)
      ? []
      : [fault('choice', `${name}.value`, `“${fieldLabels[name]}”没有“${value}”这一选项。`, `只能填写${Object.keys(labels).join('、')}。`)],
  );
}

/** A party that can't sign a review would keep every issue open for ever. */
function checkReview({ reviewParties: { value: parties } }: Policy): PolicyFailure[] {
  const path = 'reviewParties.value';
  if (parties.length === 0) return [fault('reviewParties.none', path, '没有联审单位。', '请至少填写一个联审角色：销号要由他人审核。')];
  const found: PolicyFailure[] = [];
  if (new Set(parties).size < parties.length)
    found.push(fault('reviewParties.twice', path, '联审单位重复。', '每个角色只填写一次，一方只审一次。'));
  const strange = parties.filter((role) => !commandRoles.review.includes(role));
  if (strange.length > 0) {
    const known = commandRoles.review.map((role) => `${role}（${roles[role]}）`).join('、');
    found.push(fault('reviewParties.cannotReview', path, `“${strange.join('、')}”不能联审。`, `只能填写${known}。`));
  }
  return found;
}

function checkCadences({ cadences: { value } }: Policy): PolicyFailure[] {
  return value.flatMap(({ id, label, every, during }, index) => {
    const path = `cadences.value[${index}]`;
    const found: PolicyFailure[] = [];
    // the id stands in the obligation's id, parted by colons
    if (!/^[a-z0-9][a-z0-9-]*$/.test(id) || label.trim() === '')
      found.push(fault('cadence.unnamed', path, '调度节奏没有编号或名称。', '编号只用小写字母、数字和连字符，名称写中文。'));
    if (value.findIndex((other) => other.id === id) < index)
      found.push(fault('cadence.sameId', `${path}.id`, `调度节奏的编号“${id}”重复。`, '每个节奏用自己的编号。'));
    if (!Object.hasOwn(everyLabels, every) || !Object.hasOwn(duringLabels, during))
      found.push(
        fault(
          'cadence.rhythm',
          path,
          `“${label}”的周期或时段不存在。`,
          '周期填写week、halfMonth或month，时段填写concentratedPeriod或round。',
        ),
      );
    return found;
  });
}

function checkScale({ assessmentScale: { value } }: Policy): PolicyFailure[] {
  const path = 'assessmentScale.value';
  const from = value.grades.map((grade) => grade.from);
  const found: PolicyFailure[] = [];
  if (!isCount(value.fullMarks, 1, 10_000)) found.push(fault('scale.fullMarks', `${path}.fullMarks`, '满分不是正整数。', '通常填写100。'));
  if (value.grades.length === 0 || value.grades.some(({ grade }) => grade.trim() === ''))
    found.push(fault('scale.unnamed', `${path}.grades`, '评估等次为空，或有等次没有名称。', '请写明各等次，如好、较好、一般、差。'));
  if (from.some((points, index) => !(Number.isFinite(points) && points < (from[index - 1] ?? Infinity))))
    found.push(fault('scale.order', `${path}.grades`, '各等次的分数线没有从高到低排列。', '请从最高等次写起，分数线逐等降低。'));
  if (from.length > 0 && from.at(-1) !== 0)
    found.push(fault('scale.bottom', `${path}.grades`, '最低等次不是从0分起。', '请把最后一等的分数线改为0，否则有分数没有等次。'));
  if ((from[0] ?? 0) > value.fullMarks)
    found.push(fault('scale.top', `${path}.grades`, '最高等次的分数线高于满分。', '请降低分数线或提高满分。'));
  return found;
}
