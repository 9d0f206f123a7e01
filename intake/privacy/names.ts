import { isNoName, mayBeGiven, nameMayBegin, nameMayEnd } from './name-words';
import type { PrivateMark } from './marks';
import { startsWithSurname } from './surnames';

// Precision before recall: a name is marked where its surroundings say that it is one, never by its own looks.

/** Whoever is called so is no leader of a body. */
const persons =
  '患者|病人|病患|产妇|孕妇|死者|伤者|职工|员工|工人|医生|医师|大夫|护士长|护士|护师|药师|医护人员|医务人员|村民|居民|群众|市民|学生|家长|家属|当事人|举报人|投诉人|信访人|上访人|申请人|户主|贫困户|脱贫户|低保户|五保户|农户|商户|业主|个体户|党员|干部|教师|老师|司机|驾驶员|会计|出纳|保管员|经办人员?|承办人|科员|办事员|干事|工作人员|责任人|联系人|护工|保安|法定代表人|法人代表|实际控制人|股东|承包人|承租人|老板|副?教授|副?[科股站队班]长|调研员|姓名';
/** Leaders of bodies are public, except of a department and where misconduct is told. */
const leaders = '党组成员|副?书记|副?[局院校县区市镇乡厅处部组]长|副?主任|副?所长|委员|董事长|副?总经理|经理|会长|主席|秘书长';
const before = new RegExp(`(?:${persons})[:：]?\\s?|(?<leader>(?<unit>[科股室部站所队])?(?:${leaders}))`, 'gu');
const behind =
  /同志|先生|女士|医生|医师|护士|老师|教授|等\s?[\d一二三四五六七八九十百]{1,4}\s?余?(?:人|名|户|家)|一家|夫妇|父子|母子|家属/gu;
const misconduct =
  /处分|警告|记过|诫勉|立案|撤职|降级|开除|免职|违规|违反|违纪|违法|受贿|贪污|挪用|侵占|批评|谈话提醒|提醒谈话|约谈|问责|起诉|判/u;
const bracketed = /[一-鿿][（(](?<list>[一-鿿]{2,4}(?:[、，,\s][一-鿿]{2,4}){1,60}?)(?:等\s?\d*\s?[人名户])?[)）]/gu;
const listed = /(?<=[与和对由给将（(：:，,。])[一-鿿]{3}(?:、[一-鿿]{3}){1,60}/gu;

/** The names of persons beyond the leaders in a text. */
export function namesIn(text: string): PrivateMark[] {
  return [...behindRoles(text), ...beforeRoles(text), ...inBrackets(text), ...inLists(text)];
}

function behindRoles(text: string): PrivateMark[] {
  const found: PrivateMark[] = [];
  for (const match of text.matchAll(before)) {
    const at = match.index + match[0].length;
    if (nameAt(text, at) === 0) continue;
    const isLeader = match.groups?.['leader'] !== undefined && match.groups['unit'] === undefined;
    if (isLeader && !misconduct.test(sentenceAround(text, at))) continue;
    found.push(...runFrom(text, at));
  }
  return found;
}

/** Of a sentence as much as tells what became of the person. */
function sentenceAround(text: string, at: number): string {
  const ahead = /^[^。！？\n]*/u.exec(text.slice(at, at + 120))?.[0] ?? '';
  const lead = /[^。！？；;\n]*$/u.exec(text.slice(Math.max(at - 40, 0), at))?.[0] ?? '';
  return lead + ahead;
}

/** The name at the offset and those that follow it in a row: 张三、李四和王五. */
function runFrom(text: string, start: number): PrivateMark[] {
  const found: PrivateMark[] = [];
  let at = start;
  for (let length = nameAt(text, at); length > 0; length = nameAt(text, at)) {
    found.push(markAt(text, at, at + length));
    at += length;
    if (!/[、和与及]/u.test(text.charAt(at))) break;
    at += 1;
  }
  return found;
}

/** How long the name at the offset is: the longest that reads as one and may end there; 0 for none. */
function nameAt(text: string, at: number): number {
  const surname = startsWithSurname(text.slice(at, at + 2));
  if (surname === 0) return 0;
  for (const given of [2, 1]) {
    const end = at + surname + given;
    const name = text.slice(at, end);
    if (mayBeGiven(name.slice(surname)) && name.length === surname + given && !isNoName(name) && nameMayEnd(text.slice(end, end + 4)))
      return surname + given;
  }
  return 0;
}

function beforeRoles(text: string): PrivateMark[] {
  return [...text.matchAll(behind)].flatMap(({ index }) => {
    for (const length of [4, 3, 2]) {
      const at = index - length;
      if (at < 0) continue;
      const surname = startsWithSurname(text.slice(at, at + 2));
      const name = text.slice(at, index);
      if (surname === 0 || length - surname > 2 || length === surname || !mayBeGiven(name.slice(surname)) || isNoName(name)) continue;
      if (nameMayBegin(text.charAt(at - 1))) return [markAt(text, at, index)];
    }
    return [];
  });
}

/** …等4人（张三、李四、王五、赵六）: every part reads as a name, and a word for persons stands in front. */
function inBrackets(text: string): PrivateMark[] {
  return [...text.matchAll(bracketed)].flatMap(({ index, groups }) => {
    if (!/[人名员者部户工师士生民长]/u.test(text.charAt(index))) return [];
    const list = groups?.['list'] ?? '';
    return allNames(text, index + 2, list);
  });
}

/** 与张大山、李小河签订: full names in a row behind a word that asks for somebody. */
const inLists = (text: string): PrivateMark[] =>
  [...text.matchAll(listed)].flatMap(({ 0: list, index }) =>
    nameMayEnd(text.slice(index + list.length, index + list.length + 4)) ? allNames(text, index, list) : [],
  );

function allNames(text: string, start: number, list: string): PrivateMark[] {
  const found: PrivateMark[] = [];
  let at = start;
  for (const part of list.split(/[、，,\s]/u)) {
    const surname = startsWithSurname(part);
    if (surname === 0 || part.length === surname || part.length - surname > 2 || !mayBeGiven(part.slice(surname)) || isNoName(part))
      return [];
    found.push(markAt(text, at, at + part.length));
    at += part.length + 1;
  }
  return found;
}

const markAt = (text: string, at: number, end: number): PrivateMark => ({ kind: 'name', raw: text.slice(at, end), at, end });
