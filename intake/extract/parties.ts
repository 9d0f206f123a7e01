import { startsWithSurname } from '../privacy/surnames';
import type { DraftIssue } from '../draft';
import type { FieldKind } from '../labels';
import type { Section } from '../sections';

/**
 * Who answers for an issue, from its labels alone. Of several units the one marked 牵头 or 主办 leads, else the one named first (the
 * usual rule of work-division papers 列第一位的为牵头单位); the others are co-units.
 */
export function partiesOf(sections: readonly Section[]): DraftIssue['parties'] {
  const valuesOf = (wanted: FieldKind): string[] =>
    sections.filter(({ kind }) => kind === wanted).flatMap(({ prose }) => fieldOf(prose.text) ?? []);
  const named = valuesOf('responsibleUnit').flatMap((value) => partsOf(value));
  const persons = named.filter(({ name }) => isPersonName(name));
  const units = named.filter(({ name }) => !isPersonName(name));
  const lead = units.find(({ leads }) => leads) ?? units.find(({ helps }) => !helps) ?? units[0];
  const others = units.filter(({ name }) => name !== lead?.name).map(({ name }) => name);
  const co = valuesOf('coUnits').flatMap((value) => partsOf(value).map(({ name }) => name));
  return {
    leadLeader: valuesOf('leadLeader')[0] ?? null,
    responsibleUnit: lead?.name ?? null,
    handler: valuesOf('handler')[0] ?? (persons.length > 0 ? persons.map(({ name }) => name).join('、') : null),
    coUnits: [...new Set([...others, ...co])],
  };
}

/** The first line of a field; null when it says nothing. */
function fieldOf(text: string): string | null {
  const line = (text.split('\n', 1)[0] ?? '').replace(/[。；;，,、\s]+$/u, '').trim();
  const value = /[）)]$/u.test(line) && !/[（(]/u.test(line) ? line.slice(0, -1).trim() : line;
  return value === '' || /^(?:无|暂无|[/—–-]+)$/u.test(value) ? null : value;
}

interface Part {
  readonly name: string;
  readonly leads: boolean;
  readonly helps: boolean;
}

const marks = /[（(](?<role>牵头|主办|主责|责任|配合|协办|协助|参与)(?:单位|部门|科室)?[)）]/u;

/** 办公室（牵头）、财务科、人事科（配合）: names with what they are marked as. */
function partsOf(value: string): Part[] {
  let helping = false;
  return value.split(/[、，,；;\s]+|(?<=[局委办科室院站所队组])[和与及](?=[一-鿿]{2})/u).flatMap((word) => {
    const role = marks.exec(word)?.groups?.['role'] ?? /^(?<lead>牵头|主办)(?:单位|部门|科室)?[:：]/u.exec(word)?.groups?.['lead'];
    const isHelp = role !== undefined && /配合|协|参与/u.test(role);
    helping = helping || /^(?:配合|协办)(?:单位|部门|科室)?[:：]/u.test(word);
    const name = word
      .replace(marks, '')
      .replace(/^(?:牵头|主办|责任|配合|协办)(?:单位|部门|科室)?[:：]/u, '')
      .replace(/(?:等|牵头|配合)$/u, '')
      .trim();
    return name === '' ? [] : [{ name, leads: role !== undefined && /牵头|主/u.test(role), helps: isHelp || helping }];
  });
}

/** 王某某, 李建国: two or three characters that begin with a surname and end like no body. */
const isPersonName = (name: string): boolean =>
  /^[一-鿿]{2,4}$/u.test(name) &&
  startsWithSurname(name) > 0 &&
  name.length - startsWithSurname(name) <= 2 &&
  !/[局委办科室院站所队组部厅处镇乡村校厂司会心党团]$/u.test(name);
