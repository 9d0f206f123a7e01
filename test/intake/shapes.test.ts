import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { read } from './support';

/** Documents of our own in many shapes; behind ==== what a careful person would write down, one issue a line. */
const folder = path.join(__dirname, 'shapes');

describe('documents as offices write them', () => {
  test.each(readdirSync(folder))('%s', (file) => {
    const [text = '', expected = ''] = readFileSync(path.join(folder, file), 'utf8').split('====\n');
    const { issues } = read(text);
    const rows = issues.map(({ label, title, aspectNo, categoryNo, status, measures }) =>
      [label, title, `${aspectNo ?? '-'}.${categoryNo ?? '-'}`, status?.value ?? '-', measures.length].join(' | '),
    );
    expect(rows).toEqual(expected.split('\n').filter((row) => row !== ''));
  });
});
