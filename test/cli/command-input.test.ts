import { commandFields, readCommand, readFields } from '../../cli/command-input';
import { ZhenggaiError } from '../../domain/failure';

const refusal = (work: () => unknown): Partial<ZhenggaiError> => {
  try {
    work();
  } catch (error) {
    if (error instanceof ZhenggaiError) return { kind: error.kind, failure: error.failure };
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('field=value words', () => {
  test('a value is text, or JSON where it begins like JSON', () => {
    expect(readFields(['opinion=同意=通过', 'measures=[{"text":"甲"}]', 'empty='])).toEqual({
      opinion: '同意=通过',
      measures: [{ text: '甲' }],
      empty: '',
    });
  });

  test.each([
    ['a word without =', '好', 'command.word'],
    ['a word without a field', '=好', 'command.word'],
    ['broken JSON', 'measures=[{', 'command.json'],
  ])('%s is refused', (_what, word, code) => {
    expect(refusal(() => readFields([word]))).toMatchObject({ kind: 'badInput', failure: { code } });
  });
});

describe('a command as it comes in', () => {
  test('takes the words of a script for what they mean', () => {
    expect(readCommand('decideExtension', { granted: 'true', opinion: ' 同意 ' })).toEqual({
      type: 'decideExtension',
      granted: true,
      opinion: '同意',
    });
    expect(readCommand('proposePlan', { measures: [{ unitId: 'u', text: '甲' }] })).toEqual({
      type: 'proposePlan',
      measures: [{ unitId: 'u', text: '甲', dueOn: null, sustained: false }],
    });
  });

  test.each([
    ['an unknown command', 'abolish', {}, 'command.unknown', '没有命令“abolish”'],
    ['a command named like a part of every object', 'toString', {}, 'command.unknown', '没有命令'],
    ['a missing field', 'comment', {}, 'command.field', '字段note'],
    ['an unknown field', 'comment', { note: '好', colour: 'red' }, 'command.field', '字段colour'],
    ['an empty text', 'comment', { note: '  ' }, 'command.field', '字段note'],
    ['a day that is none', 'requestExtension', { newDueOn: '2026-02-30', reason: 'a', progress: 'b' }, 'command.field', '应为日期'],
    ['a verdict that is none', 'review', { verdict: 'maybe' }, 'command.field', '字段verdict'],
    ['a measure without a unit', 'proposePlan', { measures: [{ text: '甲' }] }, 'command.field', '字段measures.0.unitId'],
  ])('%s is refused by name', (_what, type, fields, code, said) => {
    expect(refusal(() => readCommand(type, fields))).toMatchObject({
      kind: 'badInput',
      failure: { code, what: expect.stringContaining(said) as string },
    });
  });

  test('the help knows which fields may be left out', () => {
    expect(commandFields()).toMatchObject({
      acknowledge: [],
      review: [
        { name: 'verdict', optional: false },
        { name: 'opinion', optional: true },
        { name: 'party', optional: true },
      ],
    });
  });
});
