import { createToken, personOfToken, revokeToken, revokeTokensOf } from '../../ledger/tokens';
import { openTestLedger, type TestLedger } from '../support/fixture';
import { sql } from './support';

let ledger: TestLedger;
beforeAll(async () => {
  ledger = await openTestLedger();
});
afterAll(() => ledger.close());

test('a token acts for its person until it is revoked; its text is stored nowhere', async () => {
  const token = await createToken(ledger.database, 'office');
  expect(token).toMatch(/^zg_[\w-]{43}$/);
  expect(await personOfToken(ledger.database, token)).toBe('office');
  expect(await personOfToken(ledger.database, `${token}x`)).toBeNull();
  expect(await personOfToken(ledger.database, '')).toBeNull();
  expect(await sql(ledger.ownerUrl, `SELECT t FROM access_token AS t WHERE t::text LIKE '%${token.slice(3)}%'`)).toEqual([]);
  expect(await revokeToken(ledger.database, token)).toBe(true);
  expect(await revokeToken(ledger.database, token)).toBe(false);
  expect(await personOfToken(ledger.database, token)).toBeNull();
});

test('all tokens of a person are revoked together', async () => {
  const tokens = await Promise.all(['head', 'head', 'leader'].map((id) => createToken(ledger.database, id)));
  expect(new Set(tokens).size).toBe(3);
  expect(await revokeTokensOf(ledger.database, 'head')).toBe(2);
  expect(await Promise.all(tokens.map((token) => personOfToken(ledger.database, token)))).toEqual([null, null, 'leader']);
});

test('nobody unknown gets one', async () => {
  await expect(createToken(ledger.database, 'stranger')).rejects.toMatchObject({ failure: { code: 'person.unknown' } });
});
