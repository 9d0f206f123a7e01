import fc from 'fast-check';
import { addWorkdays } from '../../domain/calendar';
import { stateCouncilCalendar } from '../../domain/calendar-data';
import { checkPolicy } from '../../domain/policy/check';
import { defaultPolicy } from '../../domain/policy/default-policy';
import { mostCalendarDays, surelyBefore } from '../../domain/policy/offsets';
import { policyPacks } from '../../domain/policy/packs';
import type { Offset } from '../../domain/policy/policy';
import { addDays, daysBetween, localDate, type LocalDate } from '../../domain/time';
import { changed, type Changes } from './policy-changes';

const { ladders, terms, cadences } = defaultPolicy;
const rungs = ladders.rectify.value;

const broken: readonly (readonly [code: string, what: string, changes: Changes])[] = [
  ['id', 'an id that is none', { id: 'Unser Bezirk' }],
  ['version', 'version 0', { version: 0 }],
  ['title', 'no title', { title: ' ' }],
  ['source', 'an unknown source', { source: 'rumour' }],

  ['term.missing', 'no term for receipt', { 'terms.receipt': undefined }],
  ['term.unknown', 'a term nobody knows', { 'terms.holiday': terms.receipt }],
  ['term.value', 'a negative term', { 'terms.receipt.value': { workdays: -3 } }],
  ['term.value', 'a term of no day', { 'terms.receipt.value': { days: 0 } }],
  ['term.value', 'half a month', { 'terms.receipt.value': { months: 0.5 } }],
  ['term.value', 'eleven years', { 'terms.receipt.value': { months: 132 } }],
  ['term.value', 'two units', { 'terms.receipt.value': { days: 1, workdays: 1 } }],
  ['term.value', 'an unknown unit', { 'terms.receipt.value': { hours: 4 } }],
  ['term.pair', 'upkeep confirmed after its end', { 'terms.upkeep.value': { months: 36 } }],

  ['ladder.missing', 'a kind without ladder', { 'ladders.milestone': undefined }],
  ['ladder.unknownKind', 'a kind nobody knows', { 'ladders.party': ladders.plan }],
  ['ladder.empty', 'a ladder without rung', { 'ladders.rectify.value': [] }],
  ['ladder.noOverdue', 'no overdue rung', { 'ladders.rectify.value.3': undefined }],
  ['ladder.noOverdue', 'overdue a day late', { 'ladders.rectify.value.3.offset': { days: 2 } }],
  ['ladder.overdueNotRed', 'a yellow overdue', { 'ladders.rectify.value.3.tone': 'yellow' }],
  ['ladder.end', 'a rectification that ends at its unit', { 'ladders.rectify.value': rungs.slice(0, 4) }],
  ['ladder.end', 'a receipt nobody above hears of', { 'ladders.receipt.value.-1.audience': ['holder'] }],
  ['ladder.end', 'an office that alone hears of its delay', { 'ladders.planReview.value.-1.audience': ['inspectionOffice'] }],
  ['ladder.end', 'a handover without the rectification office', { 'ladders.handover.value.-1.audience': ['firstResponsible'] }],
  ['ladder.end', 'a relapse that ends below', { 'relapseLadder.value.-1.audience': ['leadLeader'] }],
  ['ladder.fallsSilent', 'a last rung that speaks once', { 'ladders.rectify.value.-1.repeatEveryWorkdays': undefined }],
  ['ladder.talkByDate', 'a paper about a talk by itself', { 'ladders.rectify.value.-1.paper': rungs[4]?.paper }],
  ['ladder.remindOnly', 'a cadence that escalates', { 'ladders.cadence.value.-1.audience': ['holder', 'firstResponsible'] }],
  ['ladder.remindOnly', 'a red collection', { 'ladders.collection.value.-1.tone': 'red' }],
  ['ladder.roundRole', 'a lead leader of a whole round', { 'ladders.roundPlan.value.-1.audience': ['inspectionOffice', 'leadLeader'] }],

  ['rung.unnamed', 'a rung without id', { 'ladders.rectify.value.1.id': '' }],
  ['rung.sameId', 'an id twice', { 'ladders.rectify.value.2.id': 'before-20' }],
  ['rung.offset', 'half a day', { 'ladders.rectify.value.4.offset': { workdays: 5.5 } }],
  ['rung.offset', 'a century', { 'ladders.rectify.value.-1.offset': { workdays: 30_000 } }],
  ['rung.order', 'reminders in the wrong order', { 'ladders.rectify.value.1': rungs[2], 'ladders.rectify.value.2': rungs[1] }],
  ['rung.order', 'two rungs on one day', { 'ladders.rectify.value.5.offset': { workdays: 5 } }],
  ['rung.order', 'an opening in the middle', { 'ladders.rectify.value.2.offset': 'opened' }],
  ['rung.order', 'days after workdays that a holiday may stretch', { 'ladders.rectify.value.5.offset': { days: 8 } }],
  ['rung.order', 'a negative offset after the due day', { 'ladders.rectify.value.5.offset': { workdays: -10 } }],
  ['rung.repeat', 'a repetition every 0 workdays', { 'ladders.rectify.value.-1.repeatEveryWorkdays': 0 }],
  ['rung.repeat', 'a negative repetition', { 'ladders.rectify.value.-1.repeatEveryWorkdays': -20 }],
  ['rung.repeatNotLast', 'a rung that drowns the later ones', { 'ladders.rectify.value.4.repeatEveryWorkdays': 5 }],
  ['rung.nobody', 'a rung for nobody', { 'ladders.rectify.value.1.audience': [] }],
  ['rung.audienceTwice', 'a role twice', { 'ladders.rectify.value.1.audience': ['handler', 'handler'] }],
  ['rung.unknownTone', 'a colour nobody knows', { 'ladders.rectify.value.1.tone': 'blue' }],
  ['rung.redBeforeDue', 'red at the opening', { 'ladders.rectify.value.0.tone': 'red' }],
  ['rung.redBeforeDue', 'red before due', { 'ladders.rectify.value.2.tone': 'red' }],
  ['rung.redBeforeDue', 'red on the due day', { 'ladders.checkBackDraw.value.1.tone': 'red' }],
  ['role.unknown', 'a role nobody knows', { 'ladders.rectify.value.1.audience': ['mayor'] }],
  ['role.unknown', 'an unknown issuer', { 'ladders.rectify.value.4.paper.issuer': 'mayor' }],

  ['paper.unknownKind', 'a talk by a date', { 'ladders.rectify.value.4.paper.kind': 'talkNotice' }],
  ['paper.unknownKind', 'accountability by a date', { 'ladders.rectify.value.4.paper.kind': 'accountabilityProposal' }],
  ['ladder.opens', 'a talk asked for too early', { 'ladders.rectify.value.4.opens': 'talkDecision' }],
  ['ladder.opens', 'a talk about a receipt', { 'ladders.receipt.value.-1.opens': 'talkDecision' }],
  ['paper.unknownKind', 'a paper nobody knows', { 'ladders.rectify.value.4.paper.kind': 'postcard' }],
  ['paper.toItself', 'a paper to oneself', { 'ladders.rectify.value.4.paper.addressee': 'rectificationOffice' }],
  ['paper.cannotSign', 'an issuer who does not sign', { 'ladders.rectify.value.4.paper.issuer': 'auditor' }],
  ['paper.cannotReply', 'an addressee who does not reply', { 'ladders.rectify.value.4.paper.addressee': 'liaison' }],
  ['paper.copyTwice', 'a copy to the addressee', { 'ladders.rectify.value.4.paper.copyTo': ['leadLeader'] }],
  ['paper.reply', 'a reply in no time', { 'ladders.rectify.value.4.paper.replyWorkdays': 0 }],

  ['percent', '101 percent', { 'drawPercent.value': 101 }],
  ['percent', '-1 percent', { 'onTheSpotPercent.value': -1 }],
  ['number', 'nobody checks', { 'minimumCheckers.value': 0 }],
  ['number', 'a negative number of extensions', { 'maxExtensions.value': -1 }],
  ['number', 'a span that is no number', { 'shortSpanDays.value': NaN }],
  ['number', 'half a workday', { 'lateRecordWorkdays.value': 0.5 }],
  ['choice', 'an order of review nobody knows', { 'reviewOrder.value': 'whoever' }],
  ['choice', 'a check-back nobody knows', { 'checkBackAfter.value': 'maybe' }],
  ['reviewParties.none', 'nobody reviews', { 'reviewParties.value': [] }],
  ['reviewParties.twice', 'a party twice', { 'reviewParties.value': ['disciplineGroup', 'disciplineGroup'] }],
  ['reviewParties.cannotReview', 'a party that cannot review', { 'reviewParties.value': ['disciplineGroup', 'auditor'] }],
  ['cadence.sameId', 'two cadences of one id', { 'cadences.value': [...cadences.value, ...cadences.value] }],
  ['cadence.unnamed', 'an id that parts an obligation id', { 'cadences.value.0.id': 'half:monthly' }],
  ['cadence.rhythm', 'every year', { 'cadences.value.0.every': 'year' }],
  ['scale.fullMarks', 'no marks', { 'assessmentScale.value.fullMarks': 0 }],
  ['scale.unnamed', 'no grades', { 'assessmentScale.value.grades': [] }],
  ['scale.order', 'grades upwards', { 'assessmentScale.value.grades.1.from': 95 }],
  ['scale.bottom', 'points without grade', { 'assessmentScale.value.grades.-1': undefined }],
  ['scale.top', 'a grade that nobody reaches', { 'assessmentScale.value.grades.0.from': 110 }],
  ['unsourced', 'a number without source', { 'terms.plan.source': '' }],
  ['unsourced', 'an unknown strength', { 'maxExtensions.strength': 'sure' }],
];

describe('a policy that can be put in force', () => {
  it.each(policyPacks)('$id is one', (policy) => {
    expect(checkPolicy(policy)).toEqual([]);
  });

  const fine: readonly (readonly [what: string, changes: Changes])[] = [
    ['nobody may extend', { 'maxExtensions.value': 0 }],
    ['one checker', { 'minimumCheckers.value': 1 }],
    ['no cadence', { 'cadences.value': [] }],
    [
      'workdays before the due day',
      { 'ladders.rectify.value.1.offset': { workdays: -20 }, 'ladders.rectify.value.2.offset': { workdays: -10 } },
    ],
    ['days after workdays, far enough', { 'ladders.rectify.value.5.offset': { days: 17 } }],
  ];
  it.each(fine)('%s', (_, changes) => {
    expect(checkPolicy(changed(defaultPolicy, changes))).toEqual([]);
  });
});

describe('a policy that is refused', () => {
  it.each(broken)('policy.%s: %s', (code, _, changes) => {
    const failures = checkPolicy(changed(defaultPolicy, changes));
    expect(failures.map((failure) => failure.code)).toContain(`policy.${code}`);
    for (const { path, what, todo } of failures) {
      expect(path).toMatch(/^\w+(\.\w+|\[\d+\])*$/);
      for (const sentence of [what, todo]) expect(sentence).toMatch(/^[^,;:()?!]*[\u4e00-\u9fff][^,;:()?!]*。$/u);
    }
  });

  it('names the place', () => {
    const policy = changed(defaultPolicy, { 'ladders.rectify.value.5.offset': { workdays: 5 } });
    expect(checkPolicy(policy)).toMatchObject([{ code: 'policy.rung.order', path: 'ladders.rectify.value[5].offset' }]);
  });

  it('without the last rung of any ladder of any pack', () => {
    for (const policy of policyPacks)
      for (const kind of Object.keys(policy.ladders)) {
        const cut = changed(policy, { [`ladders.${kind}.value.-1`]: undefined });
        expect([policy.id, kind, checkPolicy(cut).length > 0]).toEqual([policy.id, kind, true]);
      }
  });
});

describe('which rung comes first', () => {
  const anyDay = fc.integer({ min: 0, max: 4_300 }).map((days) => addDays(localDate('2016-01-01'), days));
  const on = (due: LocalDate, offset: Exclude<Offset, 'opened'>) =>
    'days' in offset ? addDays(due, offset.days) : addWorkdays(stateCouncilCalendar, due, offset.workdays);
  const anyOffset: fc.Arbitrary<Exclude<Offset, 'opened'>> = fc.oneof(
    fc.integer({ min: -60, max: 90 }).map((days) => ({ days })),
    fc.integer({ min: -45, max: 60 }).map((workdays) => ({ workdays })),
  );

  it('is the first on every due day of every table', () => {
    fc.assert(
      fc.property(anyDay, anyOffset, anyOffset, (due, a, b) => {
        // a due day is a workday: rest days are moved off before
        const day = addWorkdays(stateCouncilCalendar, due, 1);
        return !surelyBefore(a, b) || on(day, a) < on(day, b);
      }),
      { numRuns: 3_000 },
    );
  });

  it('workdays take no longer than the bound says, on any day since 2016', () => {
    for (const workdays of [1, 2, 3, 5, 8, 10, 20, 30, 45]) {
      const most = mostCalendarDays(workdays);
      for (let day = localDate('2016-01-01'); day < '2027-12-31'; day = addDays(day, 1)) {
        const ahead = daysBetween(day, addWorkdays(stateCouncilCalendar, day, workdays));
        const back = daysBetween(addWorkdays(stateCouncilCalendar, day, -workdays), day);
        if (Math.max(ahead, back) > most)
          throw new Error(`${day} and ${workdays} workdays: ${Math.max(ahead, back)} days, more than ${most}`);
      }
    }
  });

  it('is one only: never both ways, and nothing before itself', () => {
    fc.assert(fc.property(anyOffset, anyOffset, (a, b) => !(surelyBefore(a, b) && surelyBefore(b, a)) && !surelyBefore(a, a)));
    expect(surelyBefore('opened', { days: -400 })).toBe(true);
    expect(surelyBefore({ days: -400 }, 'opened')).toBe(false);
    expect(surelyBefore('opened', 'opened')).toBe(false);
  });
});
