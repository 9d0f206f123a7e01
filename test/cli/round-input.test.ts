import { readCommand } from '../../cli/command-input';
import { readRoundCommand, roundCommandFields, roundCommandTable } from '../../cli/round-input';
import { roundCommandLabels } from '../../domain/round/commands';
import { refusalOf } from './support';

describe('a command of a round as it comes in', () => {
  test('takes the words of a script for what they mean', () => {
    expect(readRoundCommand('recordClues', { received: '3', handling: '0', settled: '2' })).toEqual({
      type: 'recordClues',
      received: 3,
      handling: 0,
      settled: 2,
      released: null,
    });
    expect(readRoundCommand('fileReport', { report: '书记报告', document: '报告' })).toMatchObject({ report: 'secretaryReport' });
    expect(readRoundCommand('planRoundCheckBack', { mode: '随机抽取', seed: 's', checkers: ['a', 'b'] })).toMatchObject({ mode: 'sample' });
    expect(readRoundCommand('answerCollection', { collectionId: '1', unitId: 'u', rows: [{ issueId: 'R1-001', progress: '好' }] })).toEqual(
      {
        type: 'answerCollection',
        collectionId: '1',
        unitId: 'u',
        rows: [{ issueId: 'R1-001', measureId: null, progress: '好', completed: false }],
      },
    );
  });

  test.each([
    ['an unknown command', 'abolish', {}, 'command.unknown', '没有命令“abolish”'],
    ['an empty count, which is not zero', 'recordClues', { received: '', handling: '0', settled: '0' }, 'command.field', '字段received'],
    ['a negative count', 'recordClues', { received: '-1', handling: '0', settled: '0' }, 'command.field', '字段received'],
    [
      'points that are no number',
      'assess',
      { deductions: [{ item: 'a', points: 'x', reason: 'b' }] },
      'command.field',
      'deductions.0.points',
    ],
    ['a report that is none', 'fileReport', { report: '月报', document: 'a' }, 'command.field', '单位报告'],
    ['no units', 'callCollection', { period: 'a', dueOn: '2026-12-10', units: [] }, 'command.field', '字段units'],
    ['a day that is none', 'openStage', { stage: 'a', until: '2026-02-30', units: ['u'] }, 'command.field', '应为日期'],
  ])('%s is refused by name', (_what, type, fields, code, said) => {
    expect(refusalOf(() => readRoundCommand(type, fields))).toMatchObject({
      kind: 'badInput',
      failure: { code, what: expect.stringContaining(said) as string },
    });
  });

  test('the help names every command, its label and its fields', () => {
    expect(roundCommandFields()).toMatchObject({
      planRoundCheckBack: [{ name: 'mode' }, { name: 'seed' }, { name: 'checkers' }, { name: 'chosen', optional: true }],
    });
    for (const [type, label] of Object.entries(roundCommandLabels))
      expect(roundCommandTable()).toMatch(new RegExp(`^${type} +${label}`, 'm'));
  });
});

test('roles and kinds may be named in office words', () => {
  const coordination = { coordinator: '第一责任人', asked: 'a', ownShare: 'b' };
  expect(readCommand('requestCoordination', coordination)).toMatchObject({ coordinator: 'firstResponsible' });
  expect(readCommand('requestCoordination', { ...coordination, coordinator: 'firstResponsible' })).toMatchObject({
    coordinator: 'firstResponsible',
  });
  expect(readCommand('review', { verdict: 'approved', party: '纪检监察组' })).toMatchObject({ party: 'disciplineGroup' });
  expect(readCommand('escalate', { kind: '督办通知单', reason: 'a' })).toMatchObject({ kind: 'supervisionOrder' });
  expect(refusalOf(() => readCommand('requestCoordination', { ...coordination, coordinator: '县长' }))).toMatchObject({
    failure: { code: 'command.field', what: expect.stringContaining('firstResponsible(第一责任人)') as string },
  });
});
