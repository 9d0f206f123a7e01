import type { IssueCommand } from '../../domain/issue/commands';
import { noFacts, type IssueFacts } from '../../domain/issue/decision';
import type { RuleContext } from '../../domain/context';
import { by, closed, drawn, given, happened, recordCheckBack, refused, rules, stands, state, text, underWay } from './support';

const knowing = (facts: Partial<IssueFacts>): RuleContext => {
  const known = { ...rules, facts: { ...noFacts, ...facts } };
  return known;
};
const link = (...recursOf: string[]): IssueCommand => ({ type: 'linkRecurrence', recursOf, reason: text('reason') });
const share = (...sharedWith: string[]): IssueCommand => ({ type: 'shareRectification', sharedWith });
const many = Array.from({ length: 51 }, (_, index) => `R1-${index + 100}`);
const living = () => given(underWay().under(knowing({ issues: ['R0-007', 'R1-001', 'R1-002', 'R1-003', ...many] })));

describe('linkRecurrence', () => {
  it('names earlier findings by number or as their papers do', () => {
    living()
      .when('2026-04-13T09:00+08:00', by('office', link('R0-007', ' 2021年区委巡察反馈第3项 ')))
      .then(
        stands('rectifying'),
        happened('recurrenceLinked', { recursOf: ['R0-007', '2021年区委巡察反馈第3项'], reason: text('reason') }),
        state({ recursOf: ['R0-007', '2021年区委巡察反馈第3项'] }),
      )
      .when('2026-04-14T09:00+08:00', by('inspector', link('R0-007')))
      .then(state({ recursOf: ['R0-007'] }))
      .when('2026-04-15T09:00+08:00', by('inspector', link()))
      .then(state({ recursOf: [] }));
  });

  it('also of what is struck off or consolidated', () => {
    given(closed())
      .when('2026-07-01T09:00+08:00', by('office', link('R0-007')))
      .then(stands('closed'));
    given(drawn().when('2026-12-10T09:00+08:00', by('inspector', recordCheckBack('consolidated'))))
      .when('2027-01-11T09:00+08:00', by('office', link('R0-007')))
      .then(stands('consolidated'), state({ recursOf: ['R0-007'] }));
  });

  it.each([
    ['link.self', ['R1-001']],
    ['link.self', [' R1-001']],
    ['link.twice', ['R0-007', 'R0-007 ']],
    ['link.length', ['R0-007', ' ']],
    ['link.length', ['长'.repeat(101)]],
    ['link.tooMany', many],
    ['link.same', []],
  ])('%s', (code, recursOf) => {
    living()
      .when('2026-04-13T09:00+08:00', by('office', link(...recursOf)))
      .then(refused(code));
  });

  it('fifty, of a hundred characters each', () => {
    living()
      .when('2026-04-13T09:00+08:00', by('office', link(...many.slice(1))))
      .then(stands('rectifying'));
    living()
      .when('2026-04-13T09:00+08:00', by('office', link('长'.repeat(100))))
      .then(stands('rectifying'));
  });

  it('the same ones again say nothing', () => {
    living()
      .when('2026-04-13T09:00+08:00', by('office', link('R0-007', 'R1-002')))
      .when('2026-04-13T10:00+08:00', by('office', link('R1-002', 'R0-007')))
      .then(refused('link.same'));
  });

  it('is not the unit’s', () => {
    living()
      .when('2026-04-13T09:00+08:00', by('head', link('R0-007')))
      .then(refused('role.notAllowed'));
  });
});

describe('shareRectification', () => {
  it('names the issues that are rectified together', () => {
    living()
      .when('2026-04-13T09:00+08:00', by('office', share('R1-002', 'R1-003')))
      .then(
        stands('rectifying'),
        happened('rectificationShared', { sharedWith: ['R1-002', 'R1-003'] }),
        state({ sharedWith: ['R1-002', 'R1-003'] }),
      )
      .when('2026-04-14T09:00+08:00', by('office', share()))
      .then(state({ sharedWith: [] }));
  });

  it.each([
    ['issue.unknown', ['R1-002', '2021年第3项']],
    ['link.self', ['R1-001']],
    ['link.twice', ['R1-002', 'R1-002']],
    ['link.tooMany', many],
    ['link.same', []],
  ])('%s', (code, sharedWith) => {
    living()
      .when('2026-04-13T09:00+08:00', by('office', share(...sharedWith)))
      .then(refused(code));
  });

  it('is the office’s', () => {
    living()
      .when('2026-04-13T09:00+08:00', by('inspector', share('R1-002')))
      .then(refused('role.notAllowed'));
  });
});
