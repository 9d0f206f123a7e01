import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readDocument, type DraftLedger } from '../../intake';

// What a careful person wrote down of five real documents: round, tree, titles, states, limits, measures, places. The documents stand
// beside the checkout, never in it, so words are digests: the first 12 hex digits of the SHA-256 of a text without white space.
const seeds = path.join(__dirname, '../../../shared/seeds');
const labels = path.join(__dirname, 'seeds');
const files = existsSync(seeds) ? readdirSync(seeds) : [];

const digest = (text: string | undefined): string =>
  text === undefined ? '-' : createHash('sha256').update(text.replace(/\s+/g, '')).digest('hex').slice(0, 12);

function rowsOf({ round, aspects, categories, issues }: DraftLedger): string[] {
  const { inspectedBody, inspectingBody, otherInspectedBodies, onSite, feedbackDate, publishedDate, reportDate, issuedBy, documentNumber } =
    round;
  return [
    ['round', digest(inspectedBody?.value), digest(inspectingBody?.value), otherInspectedBodies.length],
    [onSite.map(({ start, end }) => `${start}/${end}`).join('+') || '-', feedbackDate?.value ?? '-', publishedDate?.value ?? '-'],
    [reportDate?.value ?? '-', digest(issuedBy?.value), digest(documentNumber?.value)],
  ]
    .reduce<string[][]>(([all = []], part) => [[...all, ...part.map(String)]], [[]])
    .concat(
      aspects.map(({ no, title, line }) => ['aspect', String(no), digest(title), String(line)]),
      categories.map(({ no, aspectNo, title, line }) => ['category', `${aspectNo ?? '-'}.${no}`, digest(title), String(line)]),
      issues.map((issue) => {
        const { number, label, title, aspectNo, categoryNo, status, deadline, measures, line, endLine } = issue;
        const limit = deadline === null ? '-' : `${deadline.due ?? ''}${deadline.immediate ? '!' : ''}${deadline.sustained ? '~' : ''}`;
        const counts = `${measures.length}(${measures.map(({ items }) => items.length).join(',')})`;
        const place = `${aspectNo ?? '-'}.${categoryNo ?? '-'}`;
        return ['issue', String(number), label, digest(title), place, status?.value ?? '-', limit, counts, `${line}-${endLine}`];
      }),
    )
    .map((row) => row.join(' | '));
}

(files.length > 0 ? describe : describe.skip)('five real documents as labelled by hand', () => {
  test.each(readdirSync(labels))('%s', async (file) => {
    const seed = files.find((name) => name.startsWith(file.slice(0, 3))) ?? '';
    const expected = readFileSync(path.join(labels, file), 'utf8').trimEnd().split('\n');
    expect(rowsOf(await readDocument(path.join(seeds, seed)))).toEqual(expected);
  });
});
