import { shapes } from './digest-category';
import { cardHtml, listHtml } from './digest-html-block';
import { ACCENT, FONT, INK, LINE, SOFT, TABLE, paints } from './digest-paint';
import { footerOf, greetingOf, isCard } from './digest-phrases';
import type { DigestView, Section } from './digest-view';
import type { Markup } from './markup';
import { html } from './markup';

/** The HTML part of the mail: one column of 640 pixels, readable without images, colours or style sheets; nothing is loaded. */
export function digestHtml(view: DigestView): string {
  return html`<!DOCTYPE html>
    <html lang="${view.messages.locale}">
      <head>
        <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>${view.subject}</title>
      </head>
      <body style="margin:0;padding:0;background-color:#f4f6f8;" bgcolor="#f4f6f8">
        <table ${TABLE} width="100%" bgcolor="#f4f6f8">
          <tr>
            <td align="center" style="padding:16px 6px;">
              <!--[if mso]><table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
              <table ${TABLE} width="100%" bgcolor="#ffffff" style="max-width:640px;border:1px solid ${LINE};">
                ${opening(view)} ${view.sections.map((section) => sectionHtml(section, view))} ${closing(view)}
              </table>
              <!--[if mso]></td></tr></table><![endif]-->
            </td>
          </tr>
        </table>
      </body>
    </html> `.source;
}

function opening(view: DigestView): Markup {
  const { messages } = view;
  const [salutation, , greeting] = greetingOf(view);
  return html`<tr>
      <td bgcolor="${ACCENT}" style="background-color:${ACCENT};padding:9px 20px;${FONT}font-size:13px;line-height:20px;color:#ffffff;">
        <b>${messages.sentences.brand}</b>${messages.gap}${view.date}
      </td>
    </tr>
    <tr>
      <td style="padding:18px 20px 4px 20px;${FONT}font-size:16px;line-height:26px;color:${INK};">${salutation}<br />${greeting}</td>
    </tr>
    ${view.sections.length > 1 ? totals(view) : null} ${footerOf(view).opening.map(enclosed)}`;
}

const enclosed = (sentence: string): Markup =>
  html`<tr>
    <td style="padding:6px 20px 0 20px;${FONT}font-size:14px;line-height:22px;color:${INK};">${sentence}</td>
  </tr>`;

/** More tiles than this in one row are too narrow for their words on a phone. */
const TILES_IN_A_ROW = 4;

/** The first thing read: how many of what, in words, shapes and numbers. Of one category alone the heading says it. */
function totals(view: DigestView): Markup {
  const { sections } = view;
  const inRow = sections.length <= TILES_IN_A_ROW ? sections.length : Math.ceil(sections.length / 2);
  const rows = [sections.slice(0, inRow), sections.slice(inRow)].filter((row) => row.length > 0);
  return html`<tr>
    <td style="padding:10px 16px 6px 16px;">
      <table ${TABLE} width="100%">
        ${rows.map(
          (row) =>
            html`<tr>
              ${row.map((section) => tile(section, { width: Math.floor(100 / inRow), view }))}
            </tr>`,
        )}
      </table>
    </td>
  </tr>`;
}

function tile({ category, count }: Section, { width, view: { messages } }: { width: number; view: DigestView }): Markup {
  const { ink, ground } = paints[category];
  const look = `padding:9px 2px;background-color:${ground};${FONT}color:${ink};font-size:12px;line-height:20px;`;
  return html`<td width="${width}%" valign="top" style="padding:3px;">
    <table ${TABLE} width="100%">
      <tr>
        <td align="center" bgcolor="${ground}" style="${look}">
          ${shapes[category]} ${messages.categories[category]}<br /><span style="font-size:24px;line-height:32px;font-weight:bold;"
            >${count}</span
          >
          ${messages.itemsWord(count)}
        </td>
      </tr>
    </table>
  </td>`;
}

function sectionHtml({ category, count, blocks, more }: Section, view: DigestView): Markup {
  const { messages, compact } = view;
  const { ink } = paints[category];
  const look = `padding:0 0 6px 0;border-bottom:2px solid ${ink};${FONT}font-size:15px;line-height:22px;font-weight:bold;color:${ink};`;
  const told = { ink, messages };
  return html`<tr>
    <td style="padding:18px 20px 0 20px;">
      <table ${TABLE} width="100%">
        <tr>
          <td style="${look}">${shapes[category]} ${messages.categories[category]} ${messages.items(count)}</td>
        </tr>
        ${blocks.map((block) => (isCard(block, compact) ? cardHtml(block, told) : listHtml(block, told)))}
        ${
          more === null
            ? null
            : html`<tr>
                <td style="padding:10px 0 4px 0;${FONT}font-size:13px;line-height:20px;color:${SOFT};">${more}</td>
              </tr>`
        }
      </table>
    </td>
  </tr> `;
}

function closing(view: DigestView): Markup {
  return html`<tr>
      <td style="padding:20px 20px 6px 20px;">
        <table ${TABLE}>
          <tr>
            <td bgcolor="${ACCENT}" style="background-color:${ACCENT};padding:9px 20px;${FONT}font-size:15px;line-height:22px;">
              <a href="${view.home}" style="color:#ffffff;text-decoration:none;">${view.messages.sentences.openHome}</a>
            </td>
          </tr>
        </table>
      </td>
    </tr>
    <tr>
      <td style="padding:8px 20px 22px 20px;${FONT}font-size:12px;line-height:20px;color:${SOFT};">
        ${footerOf(view).closing.map((sentence) => html`${sentence}<br />`)}
      </td>
    </tr>`;
}
