import type { Block, Item, Row } from './digest-blocks';
import { ACCENT, FONT, INK, LINE, SOFT, TABLE, fontOf } from './digest-paint';
import { labelsOf, nextOf, whatOf } from './digest-phrases';
import type { Markup } from './markup';
import { html } from './markup';
import type { Messages } from './messages';

interface Told {
  /** The colour of the category. */
  ink: string;
  messages: Messages;
}

const BLOCK = `padding:12px 0;border-bottom:1px solid ${LINE};`;

/** One issue: what it is, what is owed by when, what comes next. */
export function cardHtml(block: Block, told: Told): Markup {
  const { messages } = told;
  const [row] = block.rows;
  const [item] = row?.items ?? [];
  if (row === undefined || item === undefined) return html``;
  const { label, door } = labelsOf(block, messages);
  const name = [item.reference, row.title].filter((part) => part !== null).join(messages.gap);
  const what = messages.labelled(label, whatOf(block, messages));
  return html`<tr>
    <td style="${BLOCK}">
      <table ${TABLE} width="100%">
        <tr>
          <td valign="top" style="${FONT}font-size:15px;line-height:23px;color:${INK};word-break:break-word;">
            <a href="${item.href}" style="color:${INK};text-decoration:none;"><b>${name}</b></a
            >${story(block, { ...told, what })}
          </td>
          <td width="52" align="right" valign="top" style="padding:0 0 0 10px;${FONT}font-size:14px;line-height:23px;white-space:nowrap;">
            <a href="${item.href}" style="color:${ACCENT};">${door}</a>
          </td>
        </tr>
      </table>
    </td>
  </tr> `;
}

/** Issues with the same story: the story once, then their rows. */
export function listHtml(block: Block, told: Told): Markup {
  const { messages } = told;
  const what = messages.labelled(labelsOf(block, messages).label, whatOf(block, messages));
  return html`<tr>
    <td style="${BLOCK}">
      <table ${TABLE} width="100%">
        <tr>
          <td style="padding:0 0 6px 0;${FONT}font-size:15px;line-height:23px;color:${INK};">
            <b>${what}</b>${messages.gap}${messages.items(block.count)}${story(block, { ...told, what: '' })}
          </td>
        </tr>
        <tr>
          <td>
            <table ${TABLE} width="100%">
              ${rows(block.rows, told)}
            </table>
          </td>
        </tr>
      </table>
    </td>
  </tr> `;
}

/** Up to three lines under a name: what by when; what comes next and who hears of it; the reader's part. */
function story(block: Block, { ink, messages, what }: Told & { what: string }): Markup {
  const { sentences, gap } = messages;
  const next = nextOf(block, messages);
  const due = block.due === null ? '' : messages.labelled(sentences.due, block.due);
  const left = block.left === null ? null : html`${due === '' ? null : gap}<b style="color:${ink};white-space:nowrap;">${block.left}</b>`;
  return html`${block.unit === null ? null : soft(block.unit)}${what === '' ? null : line(html`${what}`)}${due === '' && left === null ? null : line(html`${due}${left}`)}${
    next === null ? null : soft(messages.labelled(sentences.next, next))
  }${block.role === null ? null : soft(messages.labelled(sentences.role, block.role))}`;
}

const line = (markup: Markup): Markup => html`<br /><span style="font-size:14px;">${markup}</span>`;
const soft = (text: string): Markup => html`<br /><span style="font-size:13px;color:${SOFT};">${text}</span>`;

const CELL = `padding:5px 0;border-top:1px solid ${LINE};${fontOf(14)}`;

/** A row is two cells at most, the second as narrow as its dates: it holds on a phone, where four columns would leave a title no room. */
function rows(items: readonly Row[], told: Told): Markup[] {
  const dated = items.some((row) => row.due !== null || row.left !== null);
  const untold = items.every((row) => row.title === null && row.unit === null);
  return items.map((row) => (untold ? numbers(row, told) : named(row, told, dated)));
}

function named({ items: [item], title, unit, due, left, next }: Row, { ink, messages }: Told, dated: boolean): Markup {
  const aside = [unit, next === null ? null : messages.inline(messages.sentences.next, next)].filter((part) => part !== null);
  return html`<tr valign="top">
    <td style="${CELL}color:${INK};word-break:break-word;">
      ${item ? link(item) : null}${title === null ? null : html`${messages.gap}${title}`}${
        aside.length === 0 ? null : html`<br /><span style="${fontOf(12)}color:${SOFT};">${messages.clauses(aside)}</span>`
      }
    </td>
    ${
      dated
        ? html`<td width="92" align="right" style="${CELL}padding-left:10px;white-space:nowrap;color:${INK};">
            ${due}${left === null ? null : html`<br /><span style="${fontOf(12)}color:${ink};">${left}</span>`}
          </td>`
        : null
    }
  </tr> `;
}

/** The numbers of one day, where no title tells them apart. */
function numbers({ items, due, left, next }: Row, { ink, messages }: Told): Markup {
  const dates = messages.clauses(
    [due, next === null ? null : messages.inline(messages.sentences.next, next)].filter((part) => part !== null),
  );
  const head =
    dates === '' && left === null
      ? null
      : html`${dates}${left === null ? null : html`${dates === '' ? null : messages.gap}<b style="color:${ink};">${left}</b>`}<br />`;
  return html`<tr valign="top">
    <td colspan="2" style="${CELL}color:${INK};">${head}${items.map(numbered)}</td>
  </tr> `;
}

const link = (item: Item): Markup => html`<a href="${item.href}" style="color:${ACCENT};white-space:nowrap;">${item.reference}</a>`;

/** A number in a run of numbers: whole itself, with a plain space after it where the run may break. */
const numbered = (item: Item): Markup => html`<span style="white-space:nowrap;">${link(item)}</span>&nbsp; `;
