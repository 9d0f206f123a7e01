import { isLocalDate, type LocalDate } from '../../domain/time';
import type { DraftRound } from '../draft';
import { signature } from '../lexicon';
import { numberingOf } from '../numbering';
import type { Prose } from '../prose';
import { addresseeOf, resolveBody } from './bodies';
import { datesIn } from './dates';
import { labelledRound } from './round-labels';
import { feedbackDateOf, feedbackParties, publishedDateOf } from './round-dates';
import { visitOf } from './visit';

type Stated = NonNullable<DraftRound['inspectedBody']>;

/** Everything that the document says about the inspection itself. `outside` are the paragraphs that belong to no finding. */
export function roundOf(outside: readonly Prose[]): DraftRound {
  const { reportDate, issuedBy } = signatureOf(outside);
  const told = visitOf(outside);
  const labelled = labelledRound(outside);
  const onSite = told.onSite.length > 0 ? told.onSite : labelled.onSite;
  const title = titleLine(outside.filter(({ text }) => numberingOf(text) === null));
  const named = { issuedBy, addressee: addresseeOf(outside), title };
  const fedBack = feedbackParties(outside);
  const inspectedBody = told.inspectedBody ?? labelled.inspectedBody ?? fedBack.inspectedBody;
  return {
    title,
    documentNumber: firstMatch(outside.slice(0, 12), /[一-鿿]{2,16}\s?[〔[［（(]\s?(?:19|20)\d\d\s?[〕\]］）)]\s?\d{1,5}\s?号/u, 60),
    kind: told.kind ?? firstMatch(outside.slice(0, 20), /专项整治|巡察|巡视|审计/u),
    inspectedBody: inspectedBody === null ? null : resolveBody(inspectedBody, named),
    otherInspectedBodies: told.otherInspectedBodies,
    inspectingBody: told.inspectingBody ?? labelled.inspectingBody ?? fedBack.inspectingBody,
    onSite,
    feedbackDate: labelled.feedbackDate ?? feedbackDateOf(outside, onSite.at(-1)?.end ?? null, reportDate?.value ?? null),
    publishedDate: publishedDateOf(outside),
    reportDate,
    issuedBy,
  };
}

function firstMatch(paragraphs: readonly Prose[], pattern: RegExp, maxLength = 4000): Stated | null {
  for (const prose of paragraphs) {
    const match = pattern.exec(prose.text.length <= maxLength ? prose.text : maxLength < 4000 ? '' : prose.text.slice(0, maxLength));
    if (match !== null) return { value: match[0].replace(/\s+/g, ''), raw: match[0], line: prose.lineAt(match.index) };
  }
  return null;
}

/** The document's own title: a short line near its head that ends like one. */
function titleLine(outside: readonly Prose[]): Stated | null {
  const ends =
    /(?:报告|通报|公告|公示|公开|情况|方案|台账|清单|意见|通知|(?:分解|任务|一览|汇总|登记|明细|统计)表)(?:[（(][^（()）]{1,12}[)）])?$/u;
  const line = outside
    .slice(0, 12)
    .find(
      ({ text }) =>
        text.length >= 8 && text.length <= 120 && /整改|巡[察视]|审计|整治|反馈/.test(text) && ends.test(text) && !/[。;；]/.test(text),
    );
  return line === undefined ? null : { value: line.text.replace(/\s+/g, ''), raw: line.text, line: line.line };
}

/** The last line that is nothing but a date, or a body and a date: the signature. */
function signatureOf(outside: readonly Prose[]): Pick<DraftRound, 'reportDate' | 'issuedBy'> {
  for (let at = outside.length - 1; at >= 0; at -= 1) {
    const prose = outside[at];
    if (prose === undefined || prose.text.length > 60) continue;
    const date = datesIn(prose).at(-1);
    if (date?.iso == null || !date.yearStated || date.monthDay === null || !/年/.test(date.raw)) continue;
    const around = (prose.text.slice(0, date.at) + prose.text.slice(date.at + date.raw.length)).replace(/[（()）\s。]/gu, '');
    const reportDate = { value: date.iso, raw: date.raw, line: date.line };
    if (around === '') return { reportDate, issuedBy: issuer(outside[at - 1]) };
    if (date.at > 0 && signature.test(around)) return { reportDate, issuedBy: { value: around, raw: around, line: prose.line } };
  }
  return { reportDate: null, issuedBy: null };
}

const issuer = (above: Prose | undefined): Stated | null =>
  above !== undefined && signature.test(above.text) ? { value: above.text, raw: above.text, line: above.line } : null;

/** The value as a day, when it is that precise. */
export const asDay = (value: string | undefined): LocalDate | null => (value !== undefined && isLocalDate(value) ? value : null);
