import type { DraftIssue } from '../draft';
import type { FindingNode } from '../findings-tree';
import { isRectification } from '../labels';
import { sentences, type Prose } from '../prose';
import type { Section } from '../sections';
import { isStateAlone, isSustained, statusWord } from '../status-words';

type Status = NonNullable<DraftIssue['status']>;

/** The state that an issue's own label, heading, first or last sentence says, else the section it stands in; else null. */
export const statusOf = (finding: FindingNode): Status | null => statusesOf(finding)[0] ?? null;

/** Every statement of the issue's state, the one that counts first: they may contradict each other. */
export function statusesOf(finding: FindingNode): Status[] {
  const all = [...finding.sections, ...finding.shared];
  return [
    ...all.filter(({ kind }) => kind === 'status').map(({ prose }) => fieldStatus(prose)),
    headingStatus(finding.sections),
    ...all.filter(({ kind }) => kind === 'deadline').map(({ prose }) => limitStatus(prose)),
    ...accounts(all).flatMap((prose) => [openingStatus(prose), closingStatus(prose)]),
    ...finding.stateHeadings.map((prose) => stated(prose, 0, prose.text.length)),
  ].flatMap((status) => status ?? []);
}

function accounts(sections: readonly Section[]): Prose[] {
  const told = sections.filter(({ kind }) => kind === 'implementation');
  const used = told.length > 0 ? told : sections.filter(({ kind }) => kind !== 'statement' && kind !== 'loose' && isRectification(kind));
  return used.map(({ prose }) => prose);
}

function stated(prose: Prose, start: number, end: number): Status | null {
  const part = prose.slice(start, end);
  const plain = part.text.replace(/[。；;]+$/u, '');
  const raw = /[）)】]$/u.test(plain) && !/[（(【]/u.test(plain) ? plain.slice(0, -1) : plain;
  const value = statusWord(raw);
  return value === null ? null : { value, raw, line: part.line };
}

/** A field 整改状态 or 是否完成 says its state in its first line. */
function fieldStatus(prose: Prose): Status | null {
  const first = prose.text.split('\n', 1)[0] ?? '';
  const raw = /^[是否](?=[，,。；;\s]|$)/u.exec(first)?.[0];
  if (raw !== undefined) return { value: raw === '是' ? 'completed' : 'not_completed', raw, line: prose.line };
  return stated(prose, 0, first.length);
}

/** 完成时限：已完成, 整改时限：2024年6月底（已完成）: a limit whose field says the state too. */
function limitStatus(prose: Prose): Status | null {
  const first = prose.text.split('\n', 1)[0] ?? '';
  const inner = /[（(]([^（()）]{2,12})[)）]\s?。?$/u.exec(first);
  if (inner?.[1] !== undefined) return pure(prose, inner.index + 1, inner.index + 1 + inner[1].length);
  return /^[√✓✔☑已未基部正]/u.test(first) ? pure(prose, 0, first.length) : null;
}

/** A stretch that tells of nothing but the state; that it goes on for good is none. */
function pure(prose: Prose, start: number, end: number): Status | null {
  const text = prose.text.slice(start, end).trim();
  return end - start <= 40 && isStateAlone(text) && !isSustained(text) ? stated(prose, start, end) : null;
}

/** …不到位（已完成整改） */
function headingStatus(sections: readonly Section[]): Status | null {
  const statement = sections.find(({ kind }) => kind === 'statement' || kind === 'finding')?.prose;
  if (statement === undefined) return null;
  const line = statement.text.split('\n', 1)[0] ?? '';
  const tail = line.slice(-60);
  const match = /[（(【[]([^（()）【】[\]]{2,40})[)）】\]]\s?。?$/u.exec(tail) ?? /(√)\s?。?$/u.exec(tail);
  const inner = match?.[1];
  if (match === null || inner === undefined) return null;
  const at = line.length - tail.length + match.index + match[0].indexOf(inner);
  if (isSustained(inner)) return null;
  // （整改状态：已完成）
  const label = /^(?:整改|完成|目前)?(?:状态|情况|进度)[:：]\s?/u.exec(inner)?.[0].length ?? 0;
  const first = /^[^，,；;]+/u.exec(inner.slice(label))?.[0].length ?? 0;
  return pure(statement, at + label, at + inner.length) ?? pure(statement, at + label, at + label + first);
}

function openingStatus(prose: Prose): Status | null {
  const first = sentences(prose.text)[0];
  if (first === undefined) return null;
  const only = prose.text.slice(first.end).trim() === '';
  const [clause] = clausesOf(prose.text, first);
  // 完成情况：基本完成，2025年底前实现全覆盖
  const brief = clause !== undefined && only && prose.text.length <= 40 ? pure(prose, clause.start, clause.end) : null;
  return (
    pure(prose, first.start, first.end) ??
    brief ??
    (only && isSustained(prose.text) ? stated(prose, first.start, first.end) : null) ??
    (clause === undefined ? null : namedState(prose, clause))
  );
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** The clauses of a sentence between its commas. */
const clausesOf = (text: string, { start, end }: Range): Range[] =>
  [...text.slice(start, end).matchAll(/[^，,；;]+/gu)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));

/** 该问题已完成整改，…: the clause names the issue itself. */
const namedState = (prose: Prose, { start, end }: Range): Status | null =>
  /^(?:目前|现|截至目前|至此)?(?:该|此|本|上述|以上|所有|相关|反馈)/u.test(prose.text.slice(start, end).trim())
    ? pure(prose, start, end)
    : null;

/** Of a last sentence: the whole, a clause that names the issue, or its last clause when that says what has been reached. */
function closingStatus(prose: Prose): Status | null {
  const last = sentences(prose.text).at(-1);
  if (last === undefined) return null;
  // …降至11.2%。（已完成）
  const bracket = /[（(【]([^（()）【】\n]{2,16})[)）】]\s?。?\s?$/u.exec(prose.text.slice(last.start, last.end));
  if (bracket?.[1] !== undefined) {
    const at = last.start + bracket.index + 1;
    const inside = pure(prose, at, at + bracket[1].length);
    if (inside !== null) return inside;
  }
  const clauses = clausesOf(prose.text, last);
  const end = clauses.at(-1);
  const named = clauses.map((clause) => namedState(prose, clause)).find((status) => status !== null);
  const closes =
    end !== undefined && clauses.length > 1 && /已|均|全部|基本|部分|阶段性|未|正在|完成|完毕/u.test(prose.text.slice(end.start, end.end));
  return pure(prose, last.start, last.end) ?? named ?? (closes ? pure(prose, end.start, end.end) : null);
}
