import { classesOf, type DeadlineClass } from '../../domain/deadline-class';
import { parseDuePhrase, type DueContext } from '../../domain/due-phrase';
import { localDate } from '../../domain/time';

/** Fed back in autumn, reported in the following spring: October is decided only in one of the two years. */
export const acrossYears: DueContext = {
  feedbackDate: localDate('2022-09-15'),
  notBefore: localDate('2022-09-15'),
  reportDate: localDate('2023-03-28'),
};
/** On site until the end of June, reported in October of the same year; no feedback date. */
export const withinYear: DueContext = { feedbackDate: null, notBefore: localDate('2022-06-30'), reportDate: localDate('2022-10-30') };

/**
 * Flags: i immediate, s sustained, d done, p bound to the period, ? not understood.
 * Classes: I 立行立改, F 限期整改, S 长期坚持. Asks: what is left open, if anything.
 */
export type Row = readonly [phrase: string, due: string | null, flags: string, classes: string, asks?: string];

const letters: Readonly<Record<DeadlineClass, string>> = { immediate: 'I', fixedTerm: 'F', sustained: 'S' };

/** A phrase as a row of the table. */
export function rowOf(phrase: string, context: DueContext): Row {
  const read = parseDuePhrase(phrase, context);
  const { immediate, sustained, done, boundToPeriod, understood, asks } = read;
  const flags = `${immediate ? 'i' : ''}${sustained ? 's' : ''}${done ? 'd' : ''}${boundToPeriod ? 'p' : ''}${understood ? '' : '?'}`;
  const classes = classesOf(read).map((each) => letters[each]);
  const row = [phrase, read.due, flags, classes.join('')] as const;
  return asks.length === 0 ? row : [...row, asks.join()];
}

export function table(name: string, context: DueContext, rows: readonly Row[]): void {
  describe(name, () => {
    test.each(rows.map((row) => ({ row, phrase: row[0], due: row[1] })))('$phrase → $due', ({ row, phrase }) => {
      expect(rowOf(phrase, context)).toEqual(row);
    });
  });
}
