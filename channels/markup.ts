/** HTML that is already safe: only `html` makes it, so every text that gets in has been escaped. */
export class Markup {
  constructor(readonly source: string) {}
}

type Piece = string | number | Markup | readonly Markup[] | null;

/** Tagged template: escapes what is put in, except Markup; null is nothing. The indentation of the template is left out. */
export function html(strings: TemplateStringsArray, ...values: Piece[]): Markup {
  const parts = strings.map((part) => part.replace(/\n\s*/g, '\n'));
  return new Markup(parts.reduce((text, part, index) => text + sourceOf(values[index - 1] ?? null) + part));
}

function sourceOf(value: Piece): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.source;
  if (typeof value === 'object') return value.map((markup) => markup.source).join('');
  return escapeHtml(String(value));
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
