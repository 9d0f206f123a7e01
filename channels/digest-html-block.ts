import type { Block, Item, Row } from './digest-blocks';
import { ACCENT, FONT, INK, LINE, SOFT, fontOf } from './digest-paint';
import { doorOf, labelOf, nextOf } from './digest-text';
import type { Markup } from './markup';
import { html } from './markup';

/** One issue: what it is, what is owed by when, what comes next. */
export function cardHtml(block: Block, ink: string): Markup {
  const [row] = block.rows;
  const [item] = row?.items ?? [];
  if (row === undefined || item === undefined) return html``;
  const name = [item.reference, row.title].filter(Boolean).join('　');
  const what = `${labelOf(block)}：${[block.kind, ...block.facts].join('，')}`;
  return html`<tr>
    <td style="padding:12px 0;border-bottom:1px solid ${LINE};">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr>
          <td valign="top" style="${FONT}font-size:15px;line-height:23px;color:${INK};">
            <a href="${item.href}" style="color:${INK};text-decoration:none;"><b>${name}</b></a
            >${story(block, { ink, what })}
          </td>
          <td width="72" align="right" valign="top" style="padding:0 0 0 12px;${FONT}font-size:14px;line-height:23px;white-space:nowrap;">
            <a href="${item.href}" style="color:${ACCENT};">${doorOf(block)}</a>
          </td>
        </tr>
      </table>
    </td>
  </tr> `;
}

/** Issues with the same story: the story once, then their rows. */
export function listHtml(block: Block, { ink, compact }: { ink: string; compact: boolean }): Markup {
  return html`<tr>
    <td style="padding:12px 0;border-bottom:1px solid ${LINE};">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr>
          <td style="padding:0 0 6px 0;${FONT}font-size:15px;line-height:23px;color:${INK};">
            <b>${labelOf(block)}：${[block.kind, ...block.facts].join('，')}</b>　${block.count} 项${story(block, { ink, what: '' })}
          </td>
        </tr>
        <tr>
          <td>${rows(block.rows, { ink, compact })}</td>
        </tr>
      </table>
    </td>
  </tr> `;
}

/** Up to three lines under a name: what by when; what comes next and who hears of it; the reader's part. */
function story(block: Block, { ink, what }: { ink: string; what: string }): Markup {
  const next = nextOf(block);
  const due = [what, block.due && `期限 ${block.due}`].filter(Boolean).join('　');
  const left = block.left === null ? null : html`${due === '' ? '' : '　'}<b style="color:${ink};white-space:nowrap;">${block.left}</b>`;
  return html`${due === '' && left === null ? null : html`<br /><span style="font-size:14px;">${due}${left}</span>`}${
    next === null ? null : soft(`下一步：${next}`)
  }${block.role === null ? null : soft(`您的身份：${block.role}`)}`;
}

const soft = (text: string): Markup => html`<br /><span style="font-size:13px;color:${SOFT};">${text}</span>`;

function rows(items: readonly Row[], { ink, compact }: { ink: string; compact: boolean }): Markup {
  const cell = `padding:4px 8px 4px 0;border-top:1px solid ${LINE};${fontOf(compact ? 13 : 14)}`;
  const has = (value: (row: Row) => string | null) => items.some((row) => value(row) !== null);
  const shown = { title: has((row) => row.title), due: has((row) => row.due), left: has((row) => row.left), next: has((row) => row.next) };
  const narrow = (text: string | null, { width, colour }: { width: number; colour: string }): Markup =>
    html`<td nowrap width="${width}" style="${cell}color:${colour};">${text}</td>`;
  const dates = (row: Row): Markup[] => [
    ...(shown.due ? [narrow(row.due, { width: 76, colour: INK })] : []),
    ...(shown.left ? [narrow(row.left, { width: 96, colour: ink })] : []),
    ...(shown.next ? [narrow(row.next && `下一步 ${row.next}`, { width: 110, colour: SOFT })] : []),
  ];
  const titled = ({ items: [item], title }: Row): Markup =>
    html`<td nowrap width="92" style="${cell}">${item ? link(item) : null}</td>
      <td style="${cell}color:${INK};">${title}</td>`;
  return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
    ${items.map(
      (row) =>
        html`<tr valign="top">
          ${
            shown.title
              ? html`${titled(row)}${dates(row)}`
              : html`${dates(row)}
                  <td style="${cell}">${row.items.map(numbered)}</td>`
          }
        </tr> `,
    )}
  </table>`;
}

const link = (item: Item): Markup => html`<a href="${item.href}" style="color:${ACCENT};">${item.reference}</a>`;

/** A number in a run of numbers: whole itself, with a plain space after it where the run may break. */
const numbered = (item: Item): Markup => html`<span style="white-space:nowrap;">${link(item)}</span>&nbsp; `;
