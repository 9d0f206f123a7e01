import type { DraftIssue } from '../draft';
import type { FindingNode } from '../findings-tree';
import { isRectification } from '../labels';
import { sentences, type Prose } from '../prose';
import type { Section } from '../sections';
import { statusWord } from '../status-words';

type Status = NonNullable<DraftIssue['status']>;

/** Words that a sentence may hold and still tell of nothing but the state: 该问题已完成整改，并长期坚持. */
const stateOnly =
  /^(?:该|此|本|上述|以上|所有|相关|反馈|项|个|条|问题|事项|任务|目前|现已|现|均|都|已经|已|全部|全面|完全|按期|按时|如期|整改|完成|到位|完毕|销号|办结|基本上?|阶段性|部分|尚未|还未|仍未|未能|未|没有|正在|推进|进行|落实|积极|持续|长期|坚持|继续|有序|稳步|抓紧|加快|中|并|且|为|是|的|了|工作|状态|截至|截止|立行立改|[，,、。；;:：\s√✓✔☑])+$/u;

/** The state that an issue's own label, heading, first or last sentence says, else the section it stands in; else null. */
export function statusOf(finding: FindingNode): Status | null {
  const all = [...finding.sections, ...finding.shared];
  return (
    firstOf(all.filter(({ kind }) => kind === 'status').map(({ prose }) => stated(prose, 0, prose.text.length))) ??
    headingStatus(finding.sections) ??
    firstOf(accounts(all).flatMap((prose) => [openingStatus(prose), closingStatus(prose)])) ??
    firstOf(finding.stateHeadings.map((prose) => stated(prose, 0, prose.text.length)))
  );
}

const firstOf = (found: readonly (Status | null)[]): Status | null => found.find((status) => status !== null) ?? null;

function accounts(sections: readonly Section[]): Prose[] {
  const told = sections.filter(({ kind }) => kind === 'implementation');
  const used = told.length > 0 ? told : sections.filter(({ kind }) => kind !== 'statement' && kind !== 'loose' && isRectification(kind));
  return used.map(({ prose }) => prose);
}

function stated(prose: Prose, start: number, end: number): Status | null {
  const part = prose.slice(start, end);
  const raw = part.text.replace(/[。；;]$/u, '');
  const value = statusWord(raw);
  return value === null ? null : { value, raw, line: part.line };
}

const pure = (prose: Prose, start: number, end: number): Status | null =>
  end - start <= 40 && stateOnly.test(prose.text.slice(start, end).trim()) ? stated(prose, start, end) : null;

/** …不到位（已完成整改） */
function headingStatus(sections: readonly Section[]): Status | null {
  const statement = sections.find(({ kind }) => kind === 'statement' || kind === 'finding')?.prose;
  if (statement === undefined) return null;
  const line = statement.text.split('\n')[0] ?? '';
  const match = /[（(【]([^（()）【】]{2,20})[)）】]\s?。?$/u.exec(line) ?? /(√)\s?。?$/u.exec(line);
  const inner = match?.[1];
  if (match === null || inner === undefined) return null;
  const at = match.index + match[0].indexOf(inner);
  return pure(statement, at, at + inner.length);
}

function openingStatus(prose: Prose): Status | null {
  const first = sentences(prose.text)[0];
  if (first === undefined) return null;
  const comma = /[，,；;]/u.exec(prose.text.slice(first.start, first.end))?.index;
  return pure(prose, first.start, first.end) ?? (comma === undefined ? null : namedState(prose, first.start, first.start + comma));
}

/** 该问题已完成整改，…: the clause names the issue itself. */
const namedState = (prose: Prose, start: number, end: number): Status | null =>
  /^(?:该|此|本|上述)/u.test(prose.text.slice(start, end).trim()) ? pure(prose, start, end) : null;

function closingStatus(prose: Prose): Status | null {
  const last = sentences(prose.text).at(-1);
  if (last === undefined) return null;
  const comma = Math.max(...['，', ',', '；', ';'].map((mark) => prose.text.lastIndexOf(mark, last.end - 2)));
  return pure(prose, last.start, last.end) ?? (comma > last.start ? pure(prose, comma + 1, last.end) : null);
}
