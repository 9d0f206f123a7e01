import type { Letter, Matter } from './letter';
import { dayWords, openingOf } from './letter-words';
import { listsMatters } from './matter-table';

/** A letter as plain text, a paragraph a line: the frame of a directed paper (forms.md, section 1). A draft says so instead of a number. */
export function letterLines(letter: Letter): string[] {
  const { title, number, addressee, facts, matters, requirement, consequence, contact, issuer, signedOn, copies, fields } = letter;
  const opening = openingOf(letter);
  return [
    title,
    number ?? '（草稿）',
    '',
    `${addressee}：`,
    ...(opening === null ? [] : [opening]),
    // in a sheet the facts stand in their cell
    ...(fields.length > 0 ? fields.map(({ label, value }) => `${label}：${value}`) : [facts]),
    ...(listsMatters(letter) ? matters.map(listed) : []),
    `${requirement}${consequence ?? ''}`,
    ...(contact === null ? [] : [`联系人：${contact}`]),
    '',
    issuer,
    ...(signedOn === null ? [] : [dayWords(signedOn)]),
    ...(copies.length > 0 ? [`抄送：${copies.join('、')}`] : []),
  ];
}

function listed({ reference, title, unit, dueOn, overdueWorkdays, phase, relapses, earlierPapers }: Matter, index: number): string {
  const parts = [
    `${reference} ${title}`,
    unit === '' ? '' : `${unit}主办`,
    `期限${dayWords(dueOn)}`,
    overdueWorkdays > 0 ? `已逾期${overdueWorkdays}个工作日` : '',
    phase === '' ? '' : `目前处于“${phase}”`,
    relapses > 0 ? `销号后反弹${relapses}次` : '',
    earlierPapers.length > 0 ? `此前已发${earlierPapers.join('、')}` : '',
  ];
  return `${index + 1}. ${parts.filter((part) => part !== '').join('，')}`;
}
