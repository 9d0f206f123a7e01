import type { Dossier } from '../domain/dossier';
import { checkDossier } from './dossier-check';

/** Where the data stands in the page. */
const DATA = 'zhenggai-dossier';

/**
 * A dossier as one HTML file that verifies itself in a browser without a network and shows its story out of the data that it verified.
 * Nothing in it is loaded from anywhere.
 */
export const dossierPage = (dossier: Dossier): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<title>卷宗 ${escape(dossier.stream)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>卷宗 <span>${escape(dossier.stream)}</span></h1><p id="title"></p></header>
<section><h2>校验</h2><p id="verdict">正在校验…</p><ul id="steps"></ul></section>
<noscript><p class="bad">浏览器禁用了脚本，不能就地校验。可用 zhenggai verify --dossier 校验本文件。</p></noscript>
<section><h2>经过</h2><table><thead><tr><th>序</th><th>时间</th><th>办理</th><th>经办</th><th>内容</th></tr></thead><tbody id="story"></tbody></table></section>
<section><h2>附件</h2><ul id="files"></ul></section>
<section><h2>怎样自行核对</h2><p>数据在本文件的脚本块 ${DATA} 里。每条记录的校验码是其原文的 SHA-256；原文里的 previousHash 是上一条的校验码，第一条的是账号（${escape(dossier.stream)}）的 SHA-256。内容的校验码是盐与内容相连后的 SHA-256。锚是 RFC 6962 的默克尔树根。只有锚的校验码与外单位保存的一致，才能证明整本没有被改写。</p></section>
<script type="application/json" id="${DATA}">${inScript(JSON.stringify(dossier))}</script>
<script>
${codeInScript(checkDossier.toString())}
${codeInScript(showDossier.toString())}
showDossier(${checkDossier.name}, JSON.parse(document.getElementById(${JSON.stringify(DATA)}).textContent), document);
</script>
</body>
</html>
`;

/** The dossier in the text of its page; null when it is none. */
export function dossierIn(html: string): unknown {
  const [, json] = new RegExp(`<script type="application/json" id="${DATA}">([^<]*)</script>`).exec(html) ?? [];
  if (json === undefined) return null;
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** What stands in a script block must not end it; in code, only strings hold such marks. */
const codeInScript = (code: string): string => code.replace(/<(?=[/!])/g, '\\x3c');
const inScript = (text: string): string => text.replace(/</g, '\\u003c');
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const style = `body{font:16px/1.6 system-ui,"Noto Sans SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2329}
h1{font-size:1.5rem;margin:0}h1 span{font-weight:400}h2{font-size:1.1rem;border-bottom:1px solid #d0d3d6;padding-bottom:.25rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #e5e6eb}
th{font-weight:600;white-space:nowrap}td:nth-child(-n+4){white-space:nowrap}td:last-child{white-space:pre-wrap;overflow-wrap:anywhere}
.good{color:#0a6b2f}.bad{color:#b3261e;font-weight:600}#steps{padding-left:1.2rem;overflow-wrap:anywhere}#title{margin:.25rem 0 0;color:#4e5969}
@media print{body{margin:0;max-width:none}}`;

/** As much of a page's elements as the script needs. */
interface Element {
  textContent: string | null;
  className: string;
  title: string;
  append(child: Element): void;
}

/* Runs in the browser, as text: it may use its arguments and what every browser has, and writes text only. */
function showDossier(
  check: typeof checkDossier,
  dossier: Dossier,
  page: { getElementById(id: string): Element; createElement(tag: string): Element },
): void {
  const at = (id: string): Element => page.getElementById(id);
  const add = (parent: Element, tag: string, text: string, kind = ''): Element => {
    const element = page.createElement(tag);
    element.textContent = text;
    element.className = kind;
    parent.append(element);
    return element;
  };
  const decode = (text: string): string => new TextDecoder().decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
  const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
    Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const textsIn = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    if ('content' in value && 'sha256' in value) {
      const content = dossier.contents.find(({ id }) => id === value.content);
      if (!content) return [];
      if (content.bytes === null) return ['（已依规清除）'];
      return content.mediaType.startsWith('text/') ? [decode(content.bytes)] : [];
    }
    return Object.values(value).flatMap(textsIn);
  };
  const time = (instant: string): string => new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  at('title').textContent = dossier.title;
  for (const [index, { body, caption, actor }] of dossier.events.entries()) {
    const event = JSON.parse(body) as { occurredAt: string; type: string; payload: unknown };
    const row = add(at('story'), 'tr', '');
    for (const cell of [String(index + 1), time(event.occurredAt), caption, actor, textsIn(event.payload).join('\n')]) add(row, 'td', cell);
    row.title = event.type;
  }
  for (const { name, label, sha256: hash } of dossier.files) add(at('files'), 'li', `${label}：${name}，SHA-256 ${hash}`);
  if (dossier.files.length === 0) add(at('files'), 'li', '没有附件。');
  const verdict = (text: string, kind: string): void => {
    at('verdict').textContent = text;
    at('verdict').className = kind;
  };
  check(dossier, sha256).then(
    ({ holds, steps }) => {
      for (const one of steps) add(at('steps'), 'li', `${one.holds ? '✓' : '✗'} ${one.what}`, one.holds ? 'good' : 'bad');
      verdict(holds ? '校验通过。' : '校验不通过：卷宗被改动过或不完整。', holds ? 'good' : 'bad');
    },
    () => {
      verdict('这个浏览器不能就地校验（没有 WebCrypto，或数据已损坏）。可用 zhenggai verify --dossier 校验本文件。', 'bad');
    },
  );
}
