import { cardHtml, listHtml } from './digest-html-block';
import { ACCENT, FONT, INK, LINE, SOFT, paints } from './digest-paint';
import { closingOf, greetingOf, isCard } from './digest-text';
import type { DigestView, Section } from './digest-view';
import { categories } from './digest-words';
import type { Markup } from './markup';
import { html } from './markup';

/** The HTML part of the mail: one column of 640 pixels, readable without images, colours or style sheets. */
export function digestHtml(view: DigestView): string {
  return html`<!DOCTYPE html>
    <html lang="zh-CN">
      <head>
        <meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>${view.subject}</title>
      </head>
      <body style="margin:0;padding:0;background-color:#f4f6f8;" bgcolor="#f4f6f8">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f4f6f8">
          <tr>
            <td align="center" style="padding:20px 8px;">
              <!--[if mso]><table role="presentation" width="640" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border="0"
                bgcolor="#ffffff"
                style="max-width:640px;border:1px solid ${LINE};"
              >
                ${opening(view)} ${view.sections.map((section) => sectionHtml(section, view.compact))} ${closing(view)}
              </table>
              <!--[if mso]></td></tr></table><![endif]-->
            </td>
          </tr>
        </table>
      </body>
    </html> `.source;
}

function opening(view: DigestView): Markup {
  return html`<tr>
      <td bgcolor="${ACCENT}" style="background-color:${ACCENT};padding:9px 28px;${FONT}font-size:13px;line-height:20px;color:#ffffff;">
        <b>整改</b>　${view.date}
      </td>
    </tr>
    <tr>
      <td style="padding:20px 28px 4px 28px;${FONT}font-size:16px;line-height:26px;color:${INK};">
        ${view.name}：<br />${greetingOf(view)}
      </td>
    </tr>
    ${view.sections.length === 0 ? null : totals(view.sections)}`;
}

/** The first thing read: how many of what, in words, shapes and numbers. */
function totals(sections: readonly Section[]): Markup {
  const width = Math.floor(100 / sections.length);
  return html`<tr>
    <td style="padding:10px 24px 6px 24px;">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr>
          ${sections.map(({ category, count }) => {
            const { ink, ground } = paints[category];
            const { shape, word } = categories[category];
            return html` <td width="${width}%" style="padding:4px;">
              <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
                <tr>
                  <td
                    align="center"
                    bgcolor="${ground}"
                    style="padding:10px 4px;background-color:${ground};${FONT}color:${ink};font-size:14px;line-height:20px;"
                  >
                    ${shape} ${word}<br /><span style="font-size:24px;line-height:32px;font-weight:bold;">${count}</span> 项
                  </td>
                </tr>
              </table>
            </td>`;
          })}
        </tr>
      </table>
    </td>
  </tr>`;
}

function sectionHtml({ category, count, blocks }: Section, compact: boolean): Markup {
  const { ink } = paints[category];
  const { shape, word } = categories[category];
  return html`<tr>
    <td style="padding:18px 28px 0 28px;">
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
        <tr>
          <td
            style="padding:0 0 6px 0;border-bottom:2px solid ${ink};${FONT}font-size:15px;line-height:22px;font-weight:bold;color:${ink};"
          >
            ${shape} ${word} ${count} 项
          </td>
        </tr>
        ${blocks.map((block) => (isCard(block, compact) ? cardHtml(block, ink) : listHtml(block, { ink, compact })))}
      </table>
    </td>
  </tr> `;
}

function closing(view: DigestView): Markup {
  return html`<tr>
      <td style="padding:20px 28px 6px 28px;">
        <table role="presentation" cellpadding="0" cellspacing="0" border="0">
          <tr>
            <td bgcolor="${ACCENT}" style="background-color:${ACCENT};padding:9px 20px;${FONT}font-size:15px;line-height:22px;">
              <a href="${view.home}" style="color:#ffffff;text-decoration:none;">打开我的待办</a>
            </td>
          </tr>
        </table>
      </td>
    </tr>
    <tr>
      <td style="padding:8px 28px 22px 28px;${FONT}font-size:12px;line-height:20px;color:${SOFT};">
        ${closingOf(view).map((sentence) => html`${sentence}<br />`)}
      </td>
    </tr>`;
}
