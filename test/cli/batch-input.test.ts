import { readException } from '../../cli/batch-input';
import { refusalOf } from './support';

test.each([
  ['R1-004', { issueId: 'R1-004', words: [] }],
  [' R1-004  verdict=returned ', { issueId: 'R1-004', words: ['verdict=returned'] }],
  [
    'R1-004 verdict=returned opinion=材料 不全 verdict2=x',
    { issueId: 'R1-004', words: ['verdict=returned', 'opinion=材料 不全', 'verdict2=x'] },
  ],
])('an exception %j begins with its issue; a blank belongs to a text', (text, read) => {
  expect(readException(text)).toEqual(read);
});

test.each(['', 'verdict=returned', 'R1-004 returned'])(
  'an exception %j without an issue, or with a word that is no field, is refused',
  (text) => {
    expect(refusalOf(() => readException(text))).toMatchObject({ kind: 'badInput', failure: { code: 'batch.exceptionWord' } });
  },
);
