import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { baseCommandLabels, baseCommandRoles } from '../domain/base/decide';
import { commandLabels, commandRoles } from '../domain/issue/command-words';
import { phaseLabels } from '../domain/issue/types';
import { obligationLabels, type ObligationKind } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';
import { roundCommandLabels, roundCommandRoles } from '../domain/round/commands';

// Reads docs/commands.md out of the code: who may give a command, in which phases, what events it can give, which obligations these
// open and close, and every code with which it can be refused. `tsx tools/commands-doc.ts` writes it; a test compares.

const root = path.resolve(__dirname, '..');

/** What can be reached from a function, following the calls into domain/. */
interface Reach {
  readonly codes: Set<string>;
  readonly types: Set<string>;
  readonly phases: Set<string>;
  readonly opens: Set<string>;
  readonly closes: Set<string>;
}

const program = ts.createProgram(
  [
    'domain/issue/decide.ts',
    'domain/issue/evolve.ts',
    'domain/round/decide.ts',
    'domain/round/evolve.ts',
    'domain/base/decide.ts',
    'domain/base/evolve.ts',
  ].map((file) => path.join(root, file)),
  {
    ...ts.parseJsonConfigFileContent(
      ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)).config,
      ts.sys,
      root,
    ).options,
    noEmit: true,
  },
);
const checker = program.getTypeChecker();

function emptyReach(): Reach {
  return { codes: new Set(), types: new Set(), phases: new Set(), opens: new Set(), closes: new Set() };
}

/** The declaration in domain/ that a name stands for, if it is a function. */
function functionOf(name: ts.Node): ts.Node | undefined {
  let symbol = checker.getSymbolAtLocation(name);
  if (symbol && (symbol.flags & ts.SymbolFlags.Alias) !== 0) symbol = checker.getAliasedSymbol(symbol);
  const declaration = symbol?.valueDeclaration;
  if (!declaration?.getSourceFile().fileName.startsWith(path.join(root, 'domain'))) return undefined;
  if (ts.isFunctionDeclaration(declaration)) return declaration;
  return ts.isVariableDeclaration(declaration) && declaration.initializer && ts.isFunctionLike(declaration.initializer)
    ? declaration
    : undefined;
}

const literals = (node: ts.Node | undefined): string[] =>
  node === undefined
    ? []
    : ts.isStringLiteral(node)
      ? [node.text]
      : ts.isConditionalExpression(node)
        ? [...literals(node.whenTrue), ...literals(node.whenFalse)]
        : ts.isAsExpression(node)
          ? literals(node.expression)
          : [];

/** The kind at the head of an id: `signPaper:…` closes a duty of that kind. */
function headOf(node: ts.Node | undefined): string[] {
  if (node === undefined) return [];
  const text = ts.isTemplateExpression(node)
    ? node.head.text
    : ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)
      ? node.text
      : '';
  const kind = text.split(/[:#]/)[0] ?? '';
  return Object.hasOwn(obligationLabels, kind) ? [kind] : [];
}

function walk(node: ts.Node, reach: Reach, seen: Set<ts.Node>): void {
  if (seen.has(node)) return;
  if (ts.isFunctionLike(node) || ts.isVariableDeclaration(node)) seen.add(node);
  if (ts.isCallExpression(node)) {
    const callee = node.expression;
    const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
    const [first, , third] = node.arguments;
    if (name === 'reject' || name === 'wrong')
      for (const code of literals(first)) reach.codes.add(name === 'wrong' ? `calendar.${code}` : code);
    if (name === 'inPhase' && third && ts.isArrayLiteralExpression(third))
      for (const phase of third.elements.flatMap(literals)) reach.phases.add(phase);
    if (name === 'ofKind') for (const kind of node.arguments.flatMap(literals)) reach.closes.add(kind);
    if (name === 'ofId' || name === 'startsWith') for (const kind of headOf(first)) reach.closes.add(kind);
    if (name === 'open') for (const kind of propertyOf(node.arguments.at(-1), 'kind')) reach.opens.add(kind);
  }
  if (ts.isIdentifier(node)) {
    if (node.text === 'everything' && !ts.isImportSpecifier(node.parent)) reach.closes.add('*');
    const declaration = functionOf(node);
    if (declaration && declaration !== node.parent) walk(declaration, reach, seen);
  }
  if (
    ts.isBinaryExpression(node) &&
    ts.isPropertyAccessExpression(node.left) &&
    node.left.name.text === 'kind' &&
    node.operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken
  )
    for (const kind of literals(node.right)) if (Object.hasOwn(obligationLabels, kind) && inClose(node)) reach.closes.add(kind);
  if (ts.isObjectLiteralExpression(node)) for (const type of propertyOf(node, 'type')) reach.types.add(type);
  ts.forEachChild(node, (child) => {
    walk(child, reach, seen);
  });
}

/** Whether a comparison stands inside the arguments of `close(…)`. */
function inClose(node: ts.Node): boolean {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent)
    if (ts.isCallExpression(at) && ts.isIdentifier(at.expression) && at.expression.text === 'close') return true;
  return false;
}

function propertyOf(node: ts.Node | undefined, name: string): string[] {
  if (!node || !ts.isObjectLiteralExpression(node)) return [];
  return node.properties.flatMap((property) => {
    if (ts.isPropertyAssignment(property) && property.name.getText() === name) return literals(property.initializer);
    return [];
  });
}

/** What each case of a function's switch can reach: `case 'assign': return decideAssignment(…)`. */
function casesOf(file: string): Map<string, Reach> {
  const source = program.getSourceFile(path.join(root, file));
  const cases = new Map<string, Reach>();
  const visit = (node: ts.Node): void => {
    if (ts.isCaseBlock(node)) {
      let waiting: string[] = [];
      for (const clause of node.clauses) {
        if (!ts.isCaseClause(clause)) continue;
        waiting.push(...literals(clause.expression));
        if (clause.statements.length === 0) continue;
        const reach = emptyReach();
        for (const statement of clause.statements) walk(statement, reach, new Set());
        for (const name of waiting) cases.set(name, reach);
        waiting = [];
      }
    }
    ts.forEachChild(node, visit);
  };
  if (source) visit(source);
  return cases;
}

interface Kind {
  readonly title: string;
  readonly decide: string;
  readonly evolve: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly roles: Readonly<Record<string, readonly Role[]>>;
  /** Codes of the gates that stand before every command. */
  readonly always: string;
}

const kinds: readonly Kind[] = [
  {
    title: 'An issue',
    decide: 'domain/issue/decide.ts',
    evolve: 'domain/issue/evolve.ts',
    labels: commandLabels,
    roles: commandRoles,
    always: '`issue.final`, `issue.suspended`, `role.notAllowed`, `version.stale`; recorded from paper: `record.*`, `person.unknown`',
  },
  {
    title: 'A round',
    decide: 'domain/round/decide.ts',
    evolve: 'domain/round/evolve.ts',
    labels: roundCommandLabels,
    roles: roundCommandRoles,
    always: '`round.closed`, `round.unsupervised`, `role.notAllowed`, `unit.unknown`, `version.stale`; recorded from paper: `record.*`',
  },
  {
    title: 'The base data',
    decide: 'domain/base/decide.ts',
    evolve: 'domain/base/evolve.ts',
    labels: baseCommandLabels,
    roles: baseCommandRoles,
    always: '`version.stale`',
  },
];

const code = (words: Iterable<string>): string => [...words].map((word) => `\`${word}\``).join(' ') || '–';
const kindsOf = (words: ReadonlySet<string>): string =>
  words.has('*') ? 'all that are open' : code([...words].filter((word) => Object.hasOwn(obligationLabels, word)).sort());

function tableOf({ title, decide, evolve, labels, roles: allowed, always }: Kind): string {
  const commands = casesOf(decide);
  const events = casesOf(evolve);
  const rows = Object.entries(labels).map(([type, label]) => {
    const reach = commands.get(type) ?? emptyReach();
    const given = [...reach.types].filter((name) => events.has(name)).sort();
    const opens = new Set(given.flatMap((name) => [...(events.get(name)?.opens ?? [])]));
    const closes = new Set(given.flatMap((name) => [...(events.get(name)?.closes ?? [])]));
    const who = (allowed[type] ?? []).map((role) => roles[role]).join('、') || '任何看得到的人';
    const phases = [...reach.phases].map((phase) => phaseLabels[phase as keyof typeof phaseLabels]).join('、') || '–';
    return `| \`${type}\` ${label} | ${who} | ${phases} | ${code(given)} | ${kindsOf(opens)} | ${kindsOf(closes)} | ${code([...reach.codes].sort())} |`;
  });
  return [
    `## ${title}`,
    '',
    `Refused in any case by: ${always}.`,
    '',
    '| command | by | phases | events | opens | closes | refused with |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** The document as the code has it. */
export function commandsDoc(): string {
  const obligations = (Object.entries(obligationLabels) as [ObligationKind, string][])
    .map(([kind, label]) => `\`${kind}\` ${label}`)
    .join(', ');
  return [
    '# Commands',
    '',
    'Every command of the domain, read out of the code by `npx tsx tools/commands-doc.ts`; `test/domain/commands-doc.test.ts` compares. An event',
    'or obligation is listed when some road through the gate leads to it, not when every road does. Phases are those of the gate `inPhase`;',
    '– means that the gate asks something else.',
    '',
    ...kinds.map(tableOf),
    `Obligations: ${obligations}.`,
    '',
  ].join('\n');
}

if (require.main === module) {
  const file = path.join(root, 'docs/commands.md');
  const before = readFileSync(file, { encoding: 'utf8', flag: 'a+' });
  writeFileSync(file, commandsDoc());
  console.log(before === commandsDoc() ? 'docs/commands.md is as the code has it' : 'docs/commands.md written');
}
