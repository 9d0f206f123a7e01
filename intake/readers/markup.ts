import { Tokenizer } from 'htmlparser2';

export type Attributes = Readonly<Record<string, string>>;

/** What is told of a marked-up text, in its order. Every `open` is followed by its `close`. */
export interface MarkupHandler {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
}

/** How the elements of one language of markup end. */
export interface MarkupGrammar {
  readonly xml: boolean;
  /** Elements without content and without an end tag. */
  readonly void: ReadonlySet<string>;
  /** Open elements that the start of this one ends, as long as they stand innermost. */
  readonly ends: (name: string) => ReadonlySet<string> | null;
  /** An end tag that ends nothing; in XML also every other breach of its nesting. What is not refused here is ignored. */
  readonly stray: (name: string) => void;
}

/**
 * Walks through HTML or XML in time and memory linear to its length, however deep and broken its nesting: the tokens are the library's,
 * the stack of open elements is ours, since the library's own parser searches it from one end at every end tag.
 */
export function walkMarkup(markup: string, grammar: MarkupGrammar, handler: MarkupHandler): void {
  const stack: string[] = [];
  const open = new Map<string, number>();
  let name = '';
  let attribute = '';
  let value = '';
  let attributes: Record<string, string> = {};
  const count = (element: string, by: number): Map<string, number> => open.set(element, (open.get(element) ?? 0) + by);
  const pop = (): string => {
    const element = stack.pop() ?? '';
    count(element, -1);
    handler.close(element);
    return element;
  };
  const start = (isEmpty: boolean): void => {
    const ended = grammar.ends(name);
    while (ended !== null && ended.has(stack.at(-1) ?? '')) pop();
    stack.push(name);
    count(name, 1);
    handler.open(name, attributes);
    if (isEmpty || grammar.void.has(name)) pop();
  };
  const named = (from: number, to: number): string => (grammar.xml ? markup.slice(from, to) : markup.slice(from, to).toLowerCase());
  const tokenizer = new Tokenizer(
    { xmlMode: grammar.xml, decodeEntities: true },
    {
      onopentagname(from, to) {
        name = named(from, to);
        attributes = {};
      },
      onattribname(from, to) {
        attribute = named(from, to);
        value = '';
      },
      onattribdata(from, to) {
        value += markup.slice(from, to);
      },
      onattribentity(code) {
        value += String.fromCodePoint(code);
      },
      onattribend() {
        if (!Object.hasOwn(attributes, attribute) && attribute !== '__proto__') attributes[attribute] = value;
      },
      onopentagend() {
        start(false);
      },
      onselfclosingtag() {
        start(grammar.xml);
      },
      onclosetag(from, to) {
        const closed = named(from, to);
        if ((open.get(closed) ?? 0) === 0 || (grammar.xml && stack.at(-1) !== closed)) grammar.stray(closed);
        else while (pop() !== closed);
      },
      ontext(from, to) {
        handler.text(markup.slice(from, to));
      },
      ontextentity(code) {
        handler.text(String.fromCodePoint(code));
      },
      oncdata(from, to, offset) {
        if (grammar.xml) handler.text(markup.slice(from, to - offset));
      },
      oncomment: () => undefined,
      // a document type may define entities; packages of office documents have none (ECMA-376 part 2, 8.1.4)
      ondeclaration(from, to) {
        if (grammar.xml) grammar.stray(markup.slice(from, to));
      },
      onprocessinginstruction: () => undefined,
      onend: () => undefined,
    },
  );
  tokenizer.write(markup);
  tokenizer.end();
  if (grammar.xml && stack.length > 0) grammar.stray(stack.at(-1) ?? '');
  while (stack.length > 0) pop();
}
