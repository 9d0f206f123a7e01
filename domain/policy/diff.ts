import { describeAudience, describeCadence, describeOffset, describePaper, describeScale, describeTerm } from './describe';
import { checkBackAfterLabels, fieldLabels, reviewOrderLabels, rungFieldLabels, strengthLabels, termLabels, toneLabels } from './explain';
import { obligationLabels, roundSourceLabels, type Cadence, type Ladder, type Policy, type Rung, type Sourced } from './policy';

/** One difference in words: where (`整改 › 逾期后第5个工作日：提醒函 › 听取人`), what it was, what it is; null where it was not or is no more. */
export interface PolicyChange {
  readonly path: string;
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * What a person must know before `b` replaces `a`: every difference, none only if both are equal. Both are complete
 * (complete.ts) and have passed checkPolicy, so that rungs have ids of their own. In the order of a policy's fields.
 */
export function diffPolicies(a: Policy, b: Policy): PolicyChange[] {
  return [
    ...changed(fieldLabels.id, a.id, b.id),
    ...changed(fieldLabels.version, String(a.version), String(b.version)),
    ...changed(fieldLabels.title, a.title, b.title),
    ...changed(fieldLabels.source, roundSourceLabels[a.source], roundSourceLabels[b.source]),
    ...namesOf(termLabels).flatMap((name) =>
      diffValue(`${fieldLabels.terms} › ${termLabels[name]}`, a.terms[name], b.terms[name], describeTerm),
    ),
    ...namesOf(obligationLabels).flatMap((kind) => diffLadder(obligationLabels[kind], a.ladders[kind], b.ladders[kind])),
    ...diffLadder(fieldLabels.relapseLadder, a.relapseLadder, b.relapseLadder),
    ...diffField(a, b, 'shortSpanDays', String),
    ...diffField(a, b, 'reviewParties', describeAudience),
    ...diffField(a, b, 'reviewOrder', (order) => reviewOrderLabels[order]),
    ...diffField(a, b, 'maxExtensions', String),
    ...diffField(a, b, 'maxExtensionDays', String),
    ...diffField(a, b, 'checkBackBefore', (done) => (done ? '是' : '否')),
    ...diffField(a, b, 'checkBackAfter', (which) => checkBackAfterLabels[which]),
    ...diffField(a, b, 'onTheSpotPercent', String),
    ...diffField(a, b, 'drawPercent', String),
    ...diffField(a, b, 'minimumCheckers', String),
    ...diffField(a, b, 'lateRecordWorkdays', String),
    ...diffField(a, b, 'cadences', listCadences),
    ...diffField(a, b, 'assessmentScale', describeScale),
  ];
}

const changed = (path: string, from: string | null, to: string | null): PolicyChange[] => (from === to ? [] : [{ path, from, to }]);
const namesOf = <K extends string>(labels: Readonly<Record<K, string>>): K[] => Object.keys(labels) as K[];

type SourcedField = Exclude<keyof Policy, 'id' | 'version' | 'title' | 'source' | 'terms' | 'ladders'>;

function diffField<K extends SourcedField>(a: Policy, b: Policy, name: K, show: (value: Policy[K]['value']) => string): PolicyChange[] {
  return diffValue<Policy[K]['value']>(fieldLabels[name], a[name], b[name], show);
}

/** A number and what it rests on. */
function diffValue<T>(path: string, a: Sourced<T>, b: Sourced<T>, show: (value: T) => string): PolicyChange[] {
  return [...changed(path, show(a.value), show(b.value)), ...diffSource(path, a, b)];
}

const diffSource = (path: string, a: Sourced<unknown>, b: Sourced<unknown>): PolicyChange[] =>
  changed(`${path} › 依据`, foundation(a), foundation(b));
const foundation = ({ strength, source }: Sourced<unknown>): string => `${source}（${strengthLabels[strength]}）`;

/** Rungs are the same rung when they have the same id. */
function diffLadder(path: string, a: Sourced<Ladder>, b: Sourced<Ladder>): PolicyChange[] {
  const [before, after] = [a.value, b.value];
  const known = new Map(before.map((rung) => [rung.id, rung]));
  const kept = new Map(after.map((rung) => [rung.id, rung]));
  const shared = (ladder: Ladder): string =>
    ladder
      .filter(({ id }) => known.has(id) && kept.has(id))
      .map(({ label }) => label)
      .join('、');
  const moved = before.map(({ id }) => id).filter((id) => kept.has(id));
  const stands = after.map(({ id }) => id).filter((id) => known.has(id));
  return [
    ...before.filter(({ id }) => !kept.has(id)).map((rung) => ({ path: place(path, rung), from: whole(rung), to: null })),
    ...after.flatMap((rung) => {
      const old = known.get(rung.id);
      return old ? diffRung(place(path, old), old, rung) : [{ path: place(path, rung), from: null, to: whole(rung) }];
    }),
    ...(moved.join() === stands.join() ? [] : changed(`${path} › 各档顺序`, shared(before), shared(after))),
    ...diffSource(path, a, b),
  ];
}

const place = (path: string, { offset, label }: Rung): string => `${path} › ${describeOffset(offset)}：${label}`;

/** 听取人：整改办；颜色：红；… of a rung that came or went. */
const whole = (rung: Rung): string =>
  Object.entries(rungWords)
    .flatMap(([name, show]) => {
      const said = show(rung);
      return said === null ? [] : [`${rungFieldLabels[name as keyof Rung]}：${said}`];
    })
    .join('；');

/** A rung's fields in words; its id is what tells it from others. */
const rungWords: Readonly<Record<Exclude<keyof Rung, 'id'>, (rung: Rung) => string | null>> = {
  label: ({ label }) => label,
  offset: ({ offset }) => describeOffset(offset),
  audience: ({ audience }) => describeAudience(audience),
  tone: ({ tone }) => toneLabels[tone],
  paper: ({ paper }) => (paper ? describePaper(paper) : null),
  opens: ({ opens }) => (opens === undefined ? null : obligationLabels[opens]),
  repeatEveryWorkdays: ({ repeatEveryWorkdays: every }) => (every === undefined ? null : `每${every}个工作日`),
};

const diffRung = (path: string, a: Rung, b: Rung): PolicyChange[] =>
  Object.entries(rungWords).flatMap(([name, show]) => changed(`${path} › ${rungFieldLabels[name as keyof Rung]}`, show(a), show(b)));

const listCadences = (cadences: readonly Cadence[]): string =>
  cadences.map((cadence) => `${cadence.id}：${cadence.label}，${describeCadence(cadence)}`).join('；') || '（无）';
