import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ZhenggaiError } from '../../../domain/failure';
import { draftSchema, readDocument, type DraftLedger } from '../../../intake';
import { diceOf } from './mutate';
import { documentOf } from './originals';

// npm run fuzz:intake -- --seed 1 --documents 10000: reads mutated documents. Every one must give a draft that holds, or a coded error,
// within a time that grows with its size. What doesn't is kept in .cache/fuzz-intake, and the run ends with 1.

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, documents: { type: 'string', default: '10000' } } });
const first = Number(values.seed);
const documents = Number(values.documents);
/** Generous for a machine that does other things too; an exponential run is far above it. */
const boundMs = (bytes: number): number => 1_500 + bytes * 0.05;
const kept = path.join(__dirname, '../../../.cache/fuzz-intake');

function holds(draft: DraftLedger): string | null {
  const parsed = draftSchema.safeParse(draft);
  if (!parsed.success) return `not a draft: ${parsed.error.issues[0]?.path.join('.') ?? ''}`;
  const wrong = draft.issues.find(
    ({ id, number, line, endLine, title }, index) =>
      id !== `issue-${number}` || number !== index + 1 || endLine < line || title.includes('\n'),
  );
  return wrong === undefined ? null : `issue ${wrong.id} does not hold`;
}

async function main(): Promise<number> {
  const work = mkdtempSync(path.join(tmpdir(), 'fuzz-intake-'));
  const outcomes = new Map<string, number>();
  let bad = 0;
  let slowest = { ms: 0, of: 0, seed: 0 };
  for (let seed = first; seed < first + documents; seed += 1) {
    const { name, bytes } = await documentOf(diceOf(seed));
    const file = path.join(work, name);
    writeFileSync(file, bytes);
    const started = performance.now();
    let problem: string | null = null;
    let outcome = 'draft';
    try {
      problem = holds(await readDocument(file));
    } catch (error) {
      if (error instanceof ZhenggaiError && error.kind === 'badInput') outcome = error.failure.code;
      else problem = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    const ms = performance.now() - started;
    if (ms / boundMs(bytes.length) > slowest.ms / Math.max(slowest.of, 1)) slowest = { ms, of: boundMs(bytes.length), seed };
    if (problem === null && ms > boundMs(bytes.length)) problem = `${Math.round(ms)} ms for ${bytes.length} bytes`;
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    if (problem !== null) {
      bad += 1;
      mkdirSync(kept, { recursive: true });
      writeFileSync(path.join(kept, `${seed}-${name}`), bytes);
      process.stdout.write(`seed ${seed} (${name}): ${problem}\n`);
    }
    if ((seed - first + 1) % 5_000 === 0) process.stdout.write(`${seed - first + 1} documents\n`);
  }
  rmSync(work, { recursive: true });
  process.stdout.write(
    `${documents} documents from seed ${first}: ${[...outcomes].map(([code, count]) => `${code} ${count}`).join(', ')}\n`,
  );
  process.stdout.write(
    `slowest beside its bound: ${Math.round(slowest.ms)} of ${Math.round(slowest.of)} ms (seed ${slowest.seed}); problems: ${bad}\n`,
  );
  return bad === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
