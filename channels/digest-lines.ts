import type { DigestLine } from '../domain/digest';
import { clean, rolesOnly, shorten } from './digest-clean';
import type { DigestMessage } from './digest-message';
import type { Messages } from './messages';

/** No title is read further than this in a mail or its list; the page has the rest. */
const LONGEST_TITLE = 200;
/** References, kinds, rungs, roles and names are labels of a policy or a directory; one that is longer is a mistake or an attack. */
const LONGEST_LABEL = 60;

/** A cleaned label of bounded length. */
export const labelText = (text: string): string => shorten(clean(text), LONGEST_LABEL);

/** The line with clean words in the language of the mail; in a 'reference' mail without anything that must not leave the office. */
export function presentable(line: DigestLine, { detail, linkBase }: DigestMessage, messages: Messages): DigestLine {
  const outside = detail === 'reference';
  const term = (text: string): string => shorten(messages.term(clean(text)), LONGEST_LABEL * 2);
  const roles = (text: string, other?: string): string => {
    const told = outside ? rolesOnly(text, other) : clean(text);
    return told === '' ? '' : shorten(messages.roles(told), LONGEST_LABEL * 4);
  };
  return {
    ...line,
    reference: term(line.reference),
    title: outside || line.title === null ? null : shorten(clean(line.title), LONGEST_TITLE),
    unit: outside || line.unit === undefined || line.unit === null ? null : labelText(line.unit),
    kind: term(line.kind),
    rung: asksAgain(line) ? '' : term(line.rung),
    role: roles(line.role),
    next: line.next && { on: line.next.on, label: term(line.next.label), hears: roles(line.next.hears, '相关人员') },
    paper: line.paper === null ? null : term(line.paper),
    link: hrefOf(line.link, linkBase),
  };
}

/** 请审批整改措施 of what is owed as 审批整改措施, 新任务，请签收 of 签收: the rung of a new duty that says nothing more. */
const asksAgain = ({ kind, rung }: DigestLine): boolean => /^(?:新任务，|新登记问题，)?(?:请|开始)(.+)$/.exec(rung)?.[1] === kind;

/** An http(s) address as it is; anything else is a path below the base, so no other scheme ever gets into a mail. */
export function hrefOf(link: string, base: string): string {
  const address = link.replace(/[\s\p{C}]/gu, '');
  if (/^https?:\/\//i.test(address)) return address;
  return `${base.replace(/\/+$/, '')}/${address.replace(/^\/+/, '')}`;
}
