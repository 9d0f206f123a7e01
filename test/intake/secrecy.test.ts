import { ZhenggaiError } from '../../domain/failure';
import { refuseStateSecret } from '../../intake/secrecy';
import { physicalLines } from '../../intake/paragraphs';

/** The code with which a text is refused, null when it may be read. */
function refusal(text: string): string | null {
  try {
    refuseStateSecret(physicalLines(text));
    return null;
  } catch (error) {
    if (error instanceof ZhenggaiError) return error.failure.code;
    throw error;
  }
}

const prose = '中共云溪县农业局党组关于巡察整改进展情况的通报';

describe('a marking is refused', () => {
  test.each([
    '秘密★1年',
    '秘密★一年',
    '机密 ★ 10 年',
    '★绝密',
    '绝密★启封前',
    '机密★长期',
    '【秘密】',
    '（机密）',
    '绝密',
    '秘密级',
    '密级：秘密',
    '密级: 机密★3年',
    '密级：秘　密',
    '秘 密',
    '机\u3000密\u3000★',
    '机\u200B密★',
    '秘密　特急',
    '秘密*5年',
    '秘密★１年',
    '000012 机密★3年',
    '云溪县委巡察办文件　机密★3年',
  ])('%j', (mark) => {
    expect(refusal(`${mark}\n${prose}`)).toBe('stateSecret');
  });

  test('in the header of a later page, with its star', () => {
    expect(refusal(`${`${prose}\n`.repeat(80)}机密★3年\n${prose}`)).toBe('stateSecret');
  });

  test('as the first cell of a table, beside 密级, and in a row of the first page', () => {
    expect(refusal(`机密★1年\t编号\t0012\n${prose}`)).toBe('stateSecret');
    expect(refusal(`机密\t编号：0012\n${prose}`)).toBe('stateSecret');
    expect(refusal(`${`${prose}\n`.repeat(80)}密级\t秘密\t份数\t3`)).toBe('stateSecret');
    expect(refusal(`编号\t0012\t密级：秘密\n${prose}`)).toBe('stateSecret');
  });

  test('at the beginning of a text without line breaks', () => {
    expect(refusal(`机密★1年 ${prose}${'开展了巡察。'.repeat(200)}`)).toBe('stateSecret');
  });

  test('with its letters below each other', () => {
    expect(refusal(`秘\n密★\n${prose}`)).toBe('stateSecret');
  });

  test('the refusal repeats nothing of the text', () => {
    expect(() => {
      refuseStateSecret(['机密★1年', '云溪县农业局']);
    }).toThrow(expect.objectContaining({ message: expect.not.stringContaining('云溪') as string }) as Error);
  });
});

describe('the words in running text are none', () => {
  test.each([
    '落实保密工作要求不到位。',
    '工作秘密管理制度的通知',
    '涉密计算机处理密级文件',
    '密级：内部',
    '密级文件未按规定标注“秘密★1年”字样。',
    '对标有秘密★1年的文件未登记造册。',
    '违反保守国家秘密规定，机密级文件随意摆放。',
    '国家秘密、商业秘密、个人隐私保护不到位',
    '1.秘密文件管理不严',
    '整改情况：对机密★文件重新登记。',
    '绝密电码本未单独存放，已整改。',
  ])('%s', (line) => {
    expect(refusal(`${line}\n${prose}`)).toBeNull();
  });

  test('a level counted in a table of a later page', () => {
    expect(refusal(`${`${prose}\n`.repeat(80)}文件类别\t秘密\t3份`)).toBeNull();
  });
});

test('hostile lines cost no more than their length', () => {
  for (const hostile of ['★', '秘密', '机 ', '密级：', '秘密★', '（', '\t秘密', '密  ']) {
    const cost = (length: number): number => {
      const text = hostile.repeat(Math.ceil(length / hostile.length));
      return Math.min(
        ...[1, 2, 3].map(() => {
          const started = performance.now();
          refusal(text);
          return performance.now() - started;
        }),
      );
    };
    cost(20_000);
    // ten times the length: far below the hundred times of a quadratic run
    expect(cost(200_000)).toBeLessThan(60 * Math.max(cost(20_000), 5));
  }
});
