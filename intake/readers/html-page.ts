import type { ZhenggaiError } from '../../domain/failure';
import { htmlGrammar, lineElements, partElements, unreadElements } from './html-grammar';
import { ListNumbers } from './html-lists';
import { shownText } from './html-space';
import { lengthOf, lineOf, partOf, type PageNode, type PagePart } from './html-tree';
import { walkMarkup, type Attributes, type MarkupHandler } from './markup';

export interface Page {
  readonly root: PagePart;
  /** The text of `<title>`. */
  readonly title: string;
  /** `<meta name=… content=…>`, names in small letters. */
  readonly meta: ReadonlyMap<string, string>;
}

/** Parts deeper than this are no parts of their own: their lines belong to the part around them. */
const maxDepth = 200;
const maxNodes = 1_000_000;

/** Builds the parts and lines of a page, in linear time. Throws `tooLarge` beyond a million of them. */
export function pageOf(html: string, tooLarge: () => ZhenggaiError): Page {
  const builder = new PageBuilder(tooLarge);
  walkMarkup(html, htmlGrammar, builder);
  return builder.page();
}

interface OpenElement {
  readonly name: string;
  readonly hides: boolean;
  readonly links: boolean;
  readonly indents: boolean;
  readonly heading: number;
  /** Its children when it is a part. */
  readonly part: { readonly attributes: Attributes; readonly children: PageNode[] } | null;
}

class PageBuilder implements MarkupHandler {
  private readonly top: PageNode[] = [];
  private readonly elements: OpenElement[] = [];
  private readonly parts: OpenElement[] = [];
  private readonly headings: number[] = [];
  private readonly lists = new ListNumbers();
  private readonly depth = { hides: 0, links: 0, preserves: 0 };
  private readonly meta = new Map<string, string>();
  private title = '';
  private nodes = 0;
  private line = { text: '', linkCharacters: 0, download: false };

  constructor(private readonly tooLarge: () => ZhenggaiError) {}

  page(): Page {
    this.flush();
    const root = partOf({ tag: 'html', hint: 'html', colSpan: 1, rowSpan: 1, children: this.top });
    return { root, title: shownText(this.title, false), meta: this.meta };
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'meta') this.meta.set((attributes['name'] ?? '').trim().toLowerCase(), attributes['content'] ?? '');
    if (lineElements.has(name)) this.flush();
    const isPart = this.depth.hides === 0 && partElements.has(name) && this.parts.length < maxDepth;
    const element: OpenElement = {
      name,
      // the page's title, not one inside a drawing
      hides: (name === 'title' && this.depth.hides === 0) || isHidden(name, attributes),
      links: name === 'a' && /^(?!#|\s*$)/.test(attributes['href'] ?? ''),
      indents: /text-indent\s*:\s*(?!0(?:\D|$)|-)/i.test(attributes['style'] ?? ''),
      heading: /^h[1-6]$/.test(name) ? Number(name.charAt(1)) : 0,
      part: isPart ? { attributes, children: [] } : null,
    };
    if (this.depth.hides === 0 && !element.hides) this.lists.open(name, attributes);
    this.elements.push(element);
    if (element.part !== null) this.parts.push(element);
    if (element.heading > 0) this.headings.push(element.heading);
    if (element.hides) this.depth.hides += 1;
    if (element.links) this.depth.links += 1;
    if (name === 'pre') this.depth.preserves += 1;
    if (element.links && isFile(attributes['href'] ?? '')) this.line.download = true;
  }

  close(name: string): void {
    if (lineElements.has(name)) this.flush();
    const element = this.elements.pop();
    if (element === undefined) return;
    if (element.hides) this.depth.hides -= 1;
    if (element.links) this.depth.links -= 1;
    if (name === 'pre') this.depth.preserves -= 1;
    if (element.heading > 0) this.headings.pop();
    if (this.depth.hides === 0 && !element.hides) this.lists.close(name);
    if (element.part !== null) this.closePart(element);
  }

  text(text: string): void {
    if (this.depth.hides > 0) {
      if (this.elements.at(-1)?.name === 'title' && this.depth.hides === 1 && this.title.length < 1000) this.title += text;
      return;
    }
    if (this.depth.links > 0) this.line.linkCharacters += lengthOf(text);
    const [first = '', ...more] = this.depth.preserves > 0 ? text.split(/\r\n?|\n/) : [text];
    this.line.text += first;
    for (const next of more) {
      this.flush();
      this.line.text = next;
    }
  }

  private flush(): void {
    const { text: source, ...own } = this.line;
    if (source === '') return;
    this.line = { text: '', linkCharacters: 0, download: false };
    const text = shownText(source, this.elements.at(-1)?.indents === true);
    if (text === '') return;
    const hint = hintOf(this.parts.at(-1));
    this.add(lineOf({ ...own, text: this.lists.numbered(text), heading: this.headings.at(-1) ?? 0, hint }));
  }

  private closePart(element: OpenElement): void {
    this.parts.pop();
    const { name, part } = element;
    const { children, attributes } = part ?? { children: [], attributes: {} };
    const isCell = name === 'td' || name === 'th';
    const [only] = children;
    if (only === undefined && !isCell) return;
    // a part of one line is that line
    if (children.length === 1 && only?.kind === 'line' && !isCell && name !== 'tr' && name !== 'table') this.add(only);
    else {
      const spans = { colSpan: spanOf(attributes['colspan'], 1000), rowSpan: spanOf(attributes['rowspan'], 65_534) };
      this.add(partOf({ tag: name, hint: hintOf(element), ...spans, children }));
    }
  }

  private add(node: PageNode): void {
    if ((this.nodes += 1) > maxNodes) throw this.tooLarge();
    (this.parts.at(-1)?.part?.children ?? this.top).push(node);
  }
}

const hintOf = (element: OpenElement | undefined): string => {
  const { class: classes = '', id = '' } = element?.part?.attributes ?? {};
  return `${element?.name ?? ''} ${classes.slice(0, 200)} ${id.slice(0, 200)}`.toLowerCase();
};

const isHidden = (name: string, attributes: Attributes): boolean =>
  unreadElements.has(name) ||
  attributes['hidden'] !== undefined ||
  /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:[a-z;\s]|$)/i.test(attributes['style'] ?? '');

const isFile = (address: string): boolean => /\.(?:docx?|xlsx?|pptx?|pdf|wps|et|dps|ofd|rtf|zip|rar|7z|jpe?g|png)(?:[?#]|$)/i.test(address);

/** Limits of the HTML Standard, 4.9.11. */
const spanOf = (text: string | undefined, most: number): number => {
  const span = Number.parseInt(text ?? '1', 10);
  return Number.isNaN(span) || span < 1 ? 1 : Math.min(span, most);
};
