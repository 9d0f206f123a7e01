import { readFileSync } from 'node:fs';
import path from 'node:path';
import { commandsDoc } from '../../tools/commands-doc';

/** Prettier aligns tables; what they say is compared. */
const said = (text: string): string => text.replaceAll(/-{3,}/g, '---').replaceAll(/\s+/g, ' ').replaceAll('\\*', '*').trim();

test('docs/commands.md says what the code does (write it anew: npx tsx tools/commands-doc.ts && npx prettier --write docs/commands.md)', () => {
  const doc = readFileSync(path.resolve(__dirname, '../../docs/commands.md'), 'utf8');
  expect(said(doc)).toBe(said(commandsDoc()));
});
