import { parseDuePhrase } from '../../domain/due-phrase';
import type { FindingNode } from '../findings-tree';
import type { OutlineNode } from '../outline';
import { Prose } from '../prose';
import type { Section } from '../sections';
import { isStateAlone, isSustained, statusWord } from '../status-words';
import type { LedgerCell, LedgerEntry } from './entries';

/** The entries of a ledger in the shape in which findings of running text are read. */
export function findingNodes(entries: readonly LedgerEntry[]): FindingNode[] {
  const root: OutlineNode = { numbering: null, heading: null, parent: null, children: [], body: [] };
  const countsRows = entries.some(({ numbersRows }) => numbersRows);
  return entries.map((entry, index) => {
    const { label, line, aspect, category, cells } = entry;
    const title = titleOf(entry.title);
    const number = /^\d{1,5}$/.test(label) && !countsRows ? Number(label) : index + 1;
    const node: OutlineNode = {
      numbering: { style: 'arabic', number, label, length: 0 },
      heading: Prose.ofLine(entry.title, line),
      parent: root,
      children: [],
      body: cells.map(({ column, text, line: at }) => Prose.ofLine(`${column.name.replace(/人[数次]$/u, '')}：${text}`, at)),
    };
    const measures = cells.filter(({ column }) => column.role === 'measures').map(proseOf);
    return {
      node,
      sections: [{ kind: 'statement', prose: Prose.ofLine(entry.title, line) }, ...sectionsOf(cells)],
      shared: [],
      aspect,
      category,
      stateHeadings: [],
      table: { title, endLine: entry.endLine, measures: measures.length > 1 ? measures : [] },
    };
  });
}

const proseOf = ({ text, line }: LedgerCell): Prose => Prose.ofLine(text, line);

/** The finding's own cell, without a number in front and a stop behind (design.md, section 8). */
const titleOf = (cell: string): string =>
  cell
    .replace(/\s*\n\s*/gu, '')
    .replace(/^(?:\d{1,3}\s?[.、．](?!\d)|[(（]\d{1,3}[)）])\s*/u, '')
    .replace(/[。.；;，,\s]+$/u, '');

function sectionsOf(cells: readonly LedgerCell[]): Section[] {
  const told: Section[] = [];
  const accounts = new Map<Section['kind'], Prose[]>();
  for (const { column, text, line } of cells) {
    const { role } = column;
    if (role === 'leadLeader' || role === 'responsibleUnit' || role === 'handler' || role === 'coUnits')
      told.push({ kind: role, prose: Prose.ofLine(text.replace(/\s*\n\s*(?=[（(])/gu, '').replace(/[；;，,、]?\s*\n\s*/gu, '、'), line) });
    else if (isAccount(role)) accounts.set(role, [...(accounts.get(role) ?? []), Prose.ofLine(text, line)]);
  }
  const joined = [...accounts].map(([kind, parts]): Section => ({ kind, prose: Prose.join(parts, '\n') }));
  return [...joined, ...told, ...limit(cells), ...state(cells)];
}

const isAccount = (role: LedgerCell['column']['role']): role is Exclude<Section['kind'], 'statement' | 'loose'> =>
  ['finding', 'measures', 'implementation', 'remaining', 'next', 'cause', 'widerCheck', 'goal'].includes(role);

/** Of several limits (one a measure) the last to fall due; 整改类型 says the limit where no cell does. */
function limit(cells: readonly LedgerCell[]): Section[] {
  const limits = cells
    .filter(({ column }) => column.role === 'deadline')
    .map(({ text, line }) => ({ line, text: text.replaceAll('\n', '') }));
  const modes = cells.filter(({ column: { role }, text }) => role === 'mode' && saysLimit(text));
  const [last] = limits
    .map((one) => ({ ...one, due: parseDuePhrase(one.text).due ?? '' }))
    .toSorted((a, b) => (a.due < b.due ? 1 : a.due > b.due ? -1 : 0));
  return [...(last === undefined ? modes.slice(0, 1) : [last])].map(({ text, line }) => ({
    kind: 'deadline',
    prose: Prose.ofLine(text, line),
  }));
}

function saysLimit(text: string): boolean {
  const { immediate, sustained } = parseDuePhrase(text);
  return immediate || sustained;
}

/**
 * Of several states (one a measure) one that is not finished; 是否销号 says the state where no other column does, and without it the
 * first clauses of all accounts: 已完成，拆除12处.
 */
function state(cells: readonly LedgerCell[]): Section[] {
  const of = (role: 'status' | 'closed'): LedgerCell[] => cells.filter(({ column }) => column.role === role);
  const states = [of('status'), of('closed')].find((some) => some.length > 0) ?? openingStates(cells);
  const open = states.find(({ text }) => text === '否' || !['completed', null].includes(statusWord(text)));
  const told = open ?? states[0];
  return told === undefined ? [] : [{ kind: 'status', prose: Prose.ofLine(told.text.replaceAll('\n', ''), told.line) }];
}

function openingStates(cells: readonly LedgerCell[]): LedgerCell[] {
  const accounts = cells.filter(({ column }) => column.role === 'implementation');
  const states = accounts.flatMap((cell) => {
    const clause = /^[^，,；;。\n]{2,20}/u.exec(cell.text)?.[0] ?? '';
    return isStateAlone(clause) && !isSustained(clause) && statusWord(clause) !== null ? [{ ...cell, text: clause }] : [];
  });
  return states.length === accounts.length ? states : [];
}
