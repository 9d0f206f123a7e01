import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defaultPolicy } from '../../domain/policy/default-policy';
import { describeAudience, describeCadence, describeLadder, describeScale, describeTerm } from '../../domain/policy/describe';
import {
  checkBackAfterLabels,
  fieldExplanations,
  fieldLabels,
  reviewOrderLabels,
  termExplanations,
  termLabels,
} from '../../domain/policy/explain';
import { ladderEnds } from '../../domain/policy/ladder-ends';
import { audit, campaign, policyPacks, provincialInspection } from '../../domain/policy/packs';
import { obligationLabels, type ObligationKind, type Policy, type Strength, type TermName } from '../../domain/policy/policy';

const file = path.join(__dirname, '../../docs/policy.md');
const letters: Readonly<Record<Strength, string>> = { strong: 's', medium: 'm', weak: 'w', default: 'd' };
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const packs = policyPacks.map(({ id }) => `\`${id}\``);
const said: Partial<Record<keyof Policy, (policy: Policy) => string>> = {
  reviewParties: (policy) => describeAudience(policy.reviewParties.value),
  reviewOrder: (policy) => reviewOrderLabels[policy.reviewOrder.value],
  checkBackBefore: (policy) => (policy.checkBackBefore.value ? '是' : '否'),
  checkBackAfter: (policy) => checkBackAfterLabels[policy.checkBackAfter.value],
  cadences: (policy) => policy.cadences.value.map((one) => `${one.label}，${describeCadence(one)}`).join('；'),
  assessmentScale: (policy) => describeScale(policy.assessmentScale.value),
};
const whole = ['id', 'version', 'title', 'source', 'terms', 'ladders', 'relapseLadder'];
const fields = (Object.keys(fieldLabels) as (keyof Policy)[]).filter((name) => !whole.includes(name));

const tables = {
  terms: table(
    ['term', '', ...packs],
    (Object.keys(termLabels) as TermName[]).map((name) => [
      `\`${name}\``,
      termExplanations[name],
      ...policyPacks.map(({ terms }) => `${describeTerm(terms[name].value)} ${letters[terms[name].strength]}`),
    ]),
  ),
  fields: table(
    ['field', '', ...packs],
    fields.map((name) => [
      `\`${name}\``,
      `${fieldLabels[name]}：${fieldExplanations[name]}`,
      ...policyPacks.map((policy) => {
        const one = policy[name] as { value: unknown; strength: Strength };
        return `${said[name]?.(policy) ?? String(one.value)} ${letters[one.strength]}`;
      }),
    ]),
  ),
  ladders: table(
    ['kind', 'ends at', 'rungs'],
    [
      ...(Object.keys(obligationLabels) as ObligationKind[]).map((kind) => [
        `\`${kind}\` ${obligationLabels[kind]}`,
        describeAudience(ladderEnds[kind]),
        describeLadder(defaultPolicy.ladders[kind].value).join('<br>'),
      ]),
      [
        `\`relapseLadder\` 反弹后整改`,
        describeAudience(ladderEnds.rectify),
        describeLadder(defaultPolicy.relapseLadder.value).join('<br>'),
      ],
    ],
  ),
};

const section = (name: string) => new RegExp(`(<!-- ${name} -->\n)([\\s\\S]*?)(\n?<!-- /${name} -->)`);
/** Prettier pads cells and draws longer rules; neither says anything. */
const plain = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.replace(/-{3,}/g, '---').replace(/\s+/g, ' ').trim());

beforeAll(() => {
  if (process.env['WRITE_POLICY_DOC'] !== '1') return;
  const written = Object.entries(tables).reduce(
    (doc, [name, rows]) =>
      doc.replace(
        section(name),
        (_, open: string, _old, close: string) => `${open}\n${rows}\n${close.trimStart() ? `\n${close.trimStart()}` : ''}`,
      ),
    readFileSync(file, 'utf8'),
  );
  writeFileSync(file, written);
});

it.each(Object.entries(tables))('docs/policy.md has the %s as they are', (name, rows) => {
  const found = section(name).exec(readFileSync(file, 'utf8'))?.[2] ?? '';
  expect(plain(found)).toEqual(plain(rows));
});

it('the ladders of the other packs are what the page says of them', () => {
  for (const pack of [provincialInspection, audit])
    for (const [kind, { value }] of Object.entries(pack.ladders))
      expect(value).toEqual(defaultPolicy.ladders[kind as ObligationKind].value);
  for (const [kind, { value }] of Object.entries(campaign.ladders))
    expect(describeLadder(value, 'campaign').map((line) => line.replaceAll('、包联领导', ''))).toEqual(
      describeLadder(defaultPolicy.ladders[kind as ObligationKind].value),
    );
});
