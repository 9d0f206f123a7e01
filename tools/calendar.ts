/**
 * Writes domain/calendar-data.ts from the chinese-days package (MIT), which transcribes the State Council's notices:
 * `npx tsx tools/calendar.ts`. When a new year is announced: update the package, add its notice below, run, read the diff.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import chineseDays from 'chinese-days/dist/chinese-days.json';

/** The notices on 部分节假日安排 and their amendments: number, day of publication on gov.cn. */
const notices: Readonly<Record<string, string>> = {
  2016: '国办发明电〔2015〕18号，2015-12-10',
  2017: '国办发明电〔2016〕17号，2016-12-01',
  2018: '国办发明电〔2017〕12号，2017-11-30；12月29日至31日：国办发明电〔2018〕15号',
  2019: '国办发明电〔2018〕15号，2018-12-06；劳动节：国办发明电〔2019〕3号，2019-03-22',
  2020: '国办发明电〔2019〕16号，2019-11-21；春节延长：国办发明电〔2020〕1号，2020-01-27',
  2021: '国办发明电〔2020〕27号，2020-11-25',
  2022: '国办发明电〔2021〕11号，2021-10-25；12月31日：国办发明电〔2022〕16号',
  2023: '国办发明电〔2022〕16号，2022-12-08',
  2024: '国办发明电〔2023〕7号，2023-10-25',
  2025: '国办发明电〔2024〕12号，2024-11-12',
  2026: '国办发明电〔2025〕7号，2025-11-04',
};

/** The newest notice used; the version of the built-in calendar. */
const version = 'state-council/2025-11-04';

/** Days of the package, by year. */
export const packaged = (kind: 'holidays' | 'workdays', year: string): string[] =>
  Object.keys(chineseDays[kind])
    .filter((date) => date.startsWith(`${year}-`))
    .sort();

/** The text of domain/calendar-data.ts. */
export function calendarData(): string {
  const years = Object.entries(notices).map(
    ([year, source]) => `  {
    year: '${year}',
    source: '${source}',
    off: '${inShort(packaged('holidays', year))}',
    work: '${inShort(packaged('workdays', year))}',
  },
`,
  );
  return `// Written by tools/calendar.ts from the chinese-days package; do not edit. Days are in the short form of readDays.
import { type CalendarYear, readDays, type WorkCalendar } from './calendar';

const notices = [
${years.join('')}];

/** The State Council's holiday tables, ${Object.keys(notices)[0] ?? ''} to ${Object.keys(notices).at(-1) ?? ''}. Other years are not covered. */
export const stateCouncilCalendar: WorkCalendar = {
  version: '${version}',
  years: Object.fromEntries(
    notices.map(({ year, source, off, work }): [string, CalendarYear] => [
      year,
      { source, off: readDays(year, off), work: readDays(year, work) },
    ]),
  ),
};
`;
}

/** Days of one year, sorted, as `01-01..03 05-09`. */
function inShort(dates: readonly string[]): string {
  const spans: { first: string; last: string }[] = [];
  for (const date of dates) {
    const span = spans.at(-1);
    if (span !== undefined && Date.parse(date) - Date.parse(span.last) === 86_400_000) span.last = date;
    else spans.push({ first: date, last: date });
  }
  return spans.map(({ first, last }) => `${first.slice(5)}${first === last ? '' : `..${tail(first, last)}`}`).join(' ');
}

const tail = (first: string, last: string): string => (first.slice(0, 7) === last.slice(0, 7) ? last.slice(8) : last.slice(5));

if (require.main === module) writeFileSync(join(__dirname, '..', 'domain', 'calendar-data.ts'), calendarData());
