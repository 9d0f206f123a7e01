import type { DraftRound } from '../draft';
import type { Prose } from '../prose';

type Stated = NonNullable<DraftRound['inspectedBody']>;

/** Without dates and phrases in front or behind: 根据部署由县委第二巡察组于2024年3月4日至4月30日. */
export const bodyName = (words: string): string =>
  words
    .replace(/(?:自|于|从|在)?\s?(?:(?:19|20)?\d\d\s?[年./-]|\d{1,2}\s?月).*$/u, (dates, at: number) => (at === 0 ? dates : ''))
    .replace(/^.*(?:[日月号年起止]|以来|期间|部署|安排|要求|由|派出|派驻|根据|按照|经|批准|同意)(?=[一-鿿])/u, '')
    .replace(/^(?:的|、|\s)+|[\s了]+$/gu, '')
    .trim();

/** 县林业局2023年度预算执行情况 was audited at 县林业局; 原局长张某经济责任 too. */
export const bodyInspected = (words: string): string =>
  words
    .replace(
      /(?:的)?(?:(?:19|20)\d\d\s?[年至-]|预算执行|财政收支|财务收支|经济责任|领导干部|自然资源资产|专项资金|本级预算|(?:原|时任)?(?:党组)?(?:书记|局长|主任|院长|校长|厅长|县长|区长|乡长|镇长|负责人)).*$/u,
      '',
    )
    .replace(/^(?:的|、|\s)+/u, '')
    .trim() || words.trim();

const bodyEnd =
  /(?:党组|党委|党总支|党支部|党工委|委员会|局|委|办|院|校|公司|中心|乡|镇|街道|村|社区|厅|联社|集团|总队|支队|大队|单位|部门)$/u;

/** 县文化局党组、县体育局党组: each body for itself, when each part reads as one. */
export function bodiesOf(words: string): string[] {
  const parts = words
    .split(/、|[和及](?=[一-鿿\d]{3})/u)
    .map((part) => part.replace(/等?\s?\d*\s?[个家](?:单位|部门|党组织).*$/u, '').trim());
  return parts.length > 1 && parts.every((part) => part.length >= 3 && bodyEnd.test(part)) ? parts : [words];
}

const itself = /^(?:我|本|你|贵)(?:[县市区旗州省]|局|委|院|校|镇|乡|单位|公司|中心|办|厅|部门|街道)?/u;

/**
 * 我局党组 and 你单位 are who signs or is addressed: the signature, the addressee of a feedback, else the body in front of 关于 in the
 * title; as written when the text names none.
 */
export function resolveBody(
  body: Stated,
  named: { readonly issuedBy: Stated | null; readonly addressee: Stated | null; readonly title: Stated | null },
): Stated {
  const match = itself.exec(body.value);
  if (match === null) return body;
  const self = /^[我本]/u.test(match[0]);
  const fromTitle = /^(?<who>.{3,40}?)关于/u.exec(named.title?.value ?? '')?.groups?.['who'];
  const value = self ? (named.issuedBy?.value ?? fromTitle) : named.addressee?.value;
  return value === undefined ? body : { ...body, value: value.replace(/\s+/gu, '') };
}

/** Whom a paper addresses: a short line near its head that names a body and ends in a colon. */
export function addresseeOf(outside: readonly Prose[]): Stated | null {
  for (const prose of outside.slice(0, 8)) {
    const match = /^(?<who>[一-鿿（()）]{3,30})[:：]$/u.exec(prose.text);
    const value = match?.groups?.['who'];
    if (value !== undefined && bodyEnd.test(value)) return { value, raw: prose.text, line: prose.line };
  }
  return null;
}
