import { badInput, type ZhenggaiError } from '../../domain/failure';
import { walkMarkup, type Attributes, type MarkupGrammar, type MarkupHandler } from './markup';
import { unpackParts } from './zip';

/** The parts of a Word document that hold text, as XML; null where it has none. */
export interface DocxParts {
  readonly document: string;
  readonly numbering: string | null;
  readonly styles: string | null;
  readonly footnotes: string | null;
  readonly endnotes: string | null;
}

/** A report of 500 pages unpacks to 10 MB. */
const maxUnpacked = 64 * 1024 * 1024;

/** What is said of a file that can't be read. */
export const docxErrors = (file: string) => ({
  broken: (): ZhenggaiError =>
    badInput('docxBroken', `${file} 已损坏，不是完整的 Word 文档。`, '请在 Word 或 WPS 里打开，另存为 docx 后再读。'),
  isProtected: (): ZhenggaiError => badInput('docxProtected', `${file} 设置了打开密码，无法读取。`, '请取消密码另存一份后再读。'),
  tooLarge: (): ZhenggaiError => badInput('documentTooComplex', `${file} 展开后内容过多，不像一份报告。`, '请只保留报告正文，另存后再读。'),
});

type DocxErrors = ReturnType<typeof docxErrors>;

const none: ReadonlySet<string> = new Set();

/** Walks through an XML part. Names of WordprocessingML come as `w:…` whatever prefix the file gives them. Throws `broken`. */
export function walkXml(xml: string, handler: MarkupHandler, { broken }: Pick<DocxErrors, 'broken'>): void {
  const grammar: MarkupGrammar = {
    xml: true,
    void: none,
    ends: () => null,
    stray: () => {
      throw broken();
    },
  };
  let prefix: string | null = null;
  const named = (name: string): string => {
    const [first = '', local] = name.split(':');
    return (local === undefined ? '' : first) === prefix ? `w:${local ?? first}` : name;
  };
  walkMarkup(xml, grammar, {
    open(name, attributes) {
      // transitional and strict documents (ECMA-376 part 1 and part 4) differ in the namespace
      prefix ??=
        Object.entries(attributes)
          .find(([, value]) => /\/wordprocessingml(?:\/2006)?\/main$/.test(value))?.[0]
          .replace(/^xmlns:?/, '') ?? null;
      handler.open(named(name), prefix === 'w' ? attributes : withPrefix(attributes, prefix));
    },
    close: (name) => {
      handler.close(named(name));
    },
    text: (text) => {
      handler.text(text);
    },
  });
}

const withPrefix = (attributes: Attributes, prefix: string | null): Attributes =>
  prefix === null
    ? attributes
    : Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [
          name.startsWith(`${prefix}:`) ? `w:${name.slice(prefix.length + 1)}` : name,
          value,
        ]),
      );

/** The parts of a docx or docm by the relationships of its package. Throws badInput docxBroken, docxProtected, documentTooComplex. */
export function docxParts(bytes: Buffer, errors: DocxErrors): DocxParts {
  const wanted = (name: string): boolean => /^(?:_rels\/\.rels|word\/[^/]+\.xml|word\/_rels\/[^/]+\.rels)$/i.test(name);
  const parts = new Map(unpackParts(bytes, { wanted, maxUnpacked, ...errors }).map((part) => [part.name.toLowerCase(), part.bytes]));
  const xmlAt = (name: string): string | null => {
    const part = parts.get(name.toLowerCase());
    return part === undefined ? null : xmlText(part);
  };
  const relations = (rels: string, type: string, folder: string): string[] => {
    const found: string[] = [];
    const add = (name: string, { Type = '', Target = '' }: Readonly<Record<string, string>>): void => {
      if (/^(?:\w+:)?Relationship$/.test(name) && Type.endsWith(`/${type}`)) {
        found.push(Target.startsWith('/') ? Target.slice(1) : `${folder}${Target.replace(/^\.\//, '')}`);
      }
    };
    walkXml(xmlAt(rels) ?? '', { open: add, close: () => undefined, text: () => undefined }, errors);
    return found;
  };
  const [main = 'word/document.xml'] = relations('_rels/.rels', 'officeDocument', '');
  const document = xmlAt(main);
  if (document === null) throw errors.broken();
  const own = main.replace(/^(.*\/)?([^/]+)$/, '$1_rels/$2.rels');
  const part = (type: string): string | null => {
    const [name] = relations(own, type, main.replace(/[^/]+$/, ''));
    return name === undefined ? null : xmlAt(name);
  };
  return {
    document,
    numbering: part('numbering'),
    styles: part('styles'),
    footnotes: part('footnotes'),
    endnotes: part('endnotes'),
  };
}

/** XML in UTF-8 or UTF-16, which a package's parts are in (ECMA-376 part 2, 8.1.4). */
function xmlText(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes).swap16().toString('utf16le', 2);
  return bytes.toString('utf8', bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}
