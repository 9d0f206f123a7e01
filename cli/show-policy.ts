import { describeAudience, describeCadence, describeLadder, describeScale, describeTerm } from '../domain/policy/describe';
import {
  checkBackAfterLabels,
  fieldExplanations,
  fieldLabels,
  reviewOrderLabels,
  strengthLabels,
  termExplanations,
  termLabels,
} from '../domain/policy/explain';
import {
  obligationLabels,
  roundSourceLabels,
  type ObligationKind,
  type Policy,
  type Sourced,
  type TermName,
} from '../domain/policy/policy';
import { print, printTable } from './output';

type SourcedField = Exclude<keyof Policy, 'id' | 'version' | 'title' | 'source' | 'terms' | 'ladders' | 'relapseLadder'>;

/** The values that are neither term nor ladder, in words. */
const fields: { readonly [K in SourcedField]: (policy: Policy) => string } = {
  shortSpanDays: (policy) => String(policy.shortSpanDays.value),
  reviewParties: (policy) => describeAudience(policy.reviewParties.value),
  reviewOrder: (policy) => reviewOrderLabels[policy.reviewOrder.value],
  maxExtensions: (policy) => String(policy.maxExtensions.value),
  maxExtensionDays: (policy) => String(policy.maxExtensionDays.value),
  checkBackBefore: (policy) => (policy.checkBackBefore.value ? '是' : '否'),
  checkBackAfter: (policy) => checkBackAfterLabels[policy.checkBackAfter.value],
  onTheSpotPercent: (policy) => String(policy.onTheSpotPercent.value),
  drawPercent: (policy) => String(policy.drawPercent.value),
  minimumCheckers: (policy) => String(policy.minimumCheckers.value),
  lateRecordWorkdays: (policy) => String(policy.lateRecordWorkdays.value),
  cadences: (policy) => policy.cadences.value.map((one) => `${one.label}，${describeCadence(one)}`).join('；') || '无',
  assessmentScale: (policy) => describeScale(policy.assessmentScale.value),
};

/** A policy on the screen: terms, other values, ladders; explained, also what each is for and what it rests on. */
export function showPolicy(policy: Policy, { explain }: { readonly explain: boolean }): void {
  print(`${policy.id}@${policy.version}  ${policy.title}（${roundSourceLabels[policy.source]}）`, '', '期限');
  const columns = [
    { title: '', whole: true },
    { title: '', whole: true },
    ...(explain ? [{ title: '说明' }, { title: '依据强度', whole: true }, { title: '依据' }] : []),
  ];
  printTable(
    columns,
    Object.entries<Sourced<Parameters<typeof describeTerm>[0]>>(policy.terms).map(([name, term]) => [
      termLabels[name as TermName],
      describeTerm(term.value),
      ...(explain ? [termExplanations[name as TermName], ...basis(term)] : []),
    ]),
  );
  print('', '其他');
  printTable(
    columns,
    Object.entries(fields).map(([name, show]) => [
      fieldLabels[name as SourcedField],
      show(policy),
      ...(explain ? [fieldExplanations[name as SourcedField], ...basis(policy[name as SourcedField])] : []),
    ]),
  );
  print('', fieldLabels.ladders);
  if (explain) print(fieldExplanations.ladders);
  const ladders: [string, Policy['relapseLadder']][] = [
    ...Object.entries(policy.ladders).map(([kind, ladder]): [string, Policy['relapseLadder']] => [
      obligationLabels[kind as ObligationKind],
      ladder,
    ]),
    [fieldLabels.relapseLadder, policy.relapseLadder],
  ];
  for (const [title, ladder] of ladders) {
    print(explain ? `${title}（${basis(ladder).join('：')}）` : title);
    for (const line of describeLadder(ladder.value, policy.source)) print(`  ${line}`);
  }
}

const basis = ({ strength, source }: Sourced<unknown>): [string, string] => [strengthLabels[strength], source];
