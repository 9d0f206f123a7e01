import { DateTime } from 'luxon';
import type { LocalDate } from '../../domain/time';
import { ZONE } from '../../domain/time';
import type { Left } from '../digest-category';
import { lowerFirst, rolesInEnglish, termInEnglish } from './en-terms';
import type { Messages } from './messages';

function left({ state, workdays }: Left): string {
  const days = `${workdays} workday${workdays === 1 ? '' : 's'}`;
  switch (state) {
    case 'overdue':
      return workdays > 0 ? `${days} overdue` : 'overdue by less than a workday';
    case 'today':
      return 'due today';
    case 'left':
      return workdays > 0 ? `${days} left` : 'less than a workday left';
  }
}

const format = (text: string, pattern: string): string => DateTime.fromISO(text, { zone: ZONE, locale: 'en' }).toFormat(pattern);
const withYear = (date: LocalDate, today: LocalDate): string => (date.slice(0, 4) === today.slice(0, 4) ? '' : ' yyyy');
const itemsWord = (count: number): string => (count === 1 ? 'item' : 'items');

/** Plain office English. Titles and names stay Chinese; so does what an office has named itself. */
export const en: Messages = {
  locale: 'en',
  categories: { overdue: 'Overdue', urgent: 'Urgent', soon: 'Due soon', reminder: 'Reminder', task: 'New task', notice: 'To note' },
  listFile: 'open-items.xlsx',
  gap: ' · ',
  items: (count) => `${count} ${itemsWord(count)}`,
  itemsWord,
  total: (category, count) => `${count} ${en.categories[category].toLowerCase()}`,
  kindCount: (kind, count) => `${kind} (${count})`,
  left,
  day: (date, today) => format(date, `EEE d MMM${withYear(date, today)}`),
  shortDay: (date, today) => format(date, `d MMM${withYear(date, today)}`),
  fullDay: (date) => format(date, 'EEEE, d MMMM yyyy'),
  moment: (at) => format(at, "d MMMM yyyy, HH:mm 'Beijing time'"),
  labelled: (label, text) => `${label}: ${text}`,
  aside: (text, mark) => `${text} (${mark})`,
  inline: (label, text) => `${label.toLowerCase()} ${text}`,
  step: (date, rung) => (date === '' ? rung : `${rung} on ${date}`),
  join: (parts) => parts.join(', '),
  clauses: (parts) => parts.map((part, index) => (index === 0 ? part : lowerFirst(part))).join('; '),
  term: termInEnglish,
  roles: rolesInEnglish,
  sentences: {
    brand: 'Rectification',
    subject: '[Rectification] {totals} ({day})',
    subjectNothing: '[Rectification] Nothing open ({day})',
    salutation: 'Dear {name},',
    salutationNameless: 'Dear colleague,',
    greeting: 'You have {items} to look at.',
    greetingAs: 'You have {items} to look at, as {role}.',
    greetingNothing: 'You have nothing open.',
    owed: 'To do',
    informs: 'Subject',
    due: 'Due',
    provisional: 'provisional',
    next: 'Next',
    role: 'Your role',
    doIt: 'Open',
    view: 'View',
    home: 'My tasks',
    openHome: 'Open my tasks',
    paperFollows: '{paper} to follow',
    hears: '{step}; to be told: {people}',
    sectionMore: '{items} more, not listed here: {kinds}.',
    listAttached: 'All {items} are in the attached list {file}, ready to filter and print.',
    listTooLarge: 'The list was too large to attach. See all {items} here: {link}',
    papersAttached: 'Attached papers: {files}.',
    papersTooLarge: 'Too large to attach: {files}. See them here: {link}',
    papersKept: 'Not sent by mail: {files}. See them here: {link}',
    asOf: 'This mail is as of {moment}; what has changed since is in the system.',
    meantFor: 'It was meant to leave on {moment}.',
    provisionalNote: 'Dates marked “provisional” may move once the holiday table of that year has been entered.',
    referenceNote: 'For confidentiality this mail gives numbers and dates only; please log in to the internal system for the rest.',
    automatic: 'Sent automatically; please do not reply.',
    note: '',
    columnCategory: 'Category',
    columnReference: 'No.',
    columnTitle: 'Issue',
    columnUnit: 'Unit',
    columnKind: 'To do',
    columnRung: 'Notice',
    columnDue: 'Due',
    columnLeft: 'Workdays left',
    columnProvisional: 'Provisional',
    columnNextOn: 'Next on',
    columnNext: 'Next',
    columnHears: 'To be told',
    columnPaper: 'Paper',
    columnRole: 'Your role',
    columnLink: 'Open',
  },
};
