import { Command } from 'commander';
import { ZhenggaiError } from '../../domain/failure';
import { verifyLedger } from '../../ledger/verify';
import { withInstance } from '../connect';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';

export const verifyCommand = (): Command =>
  new Command('verify')
    .description('校验总账：逐条重算校验码，核对内容和台账')
    .option('--issue <编号>', '只校验一个问题')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: { issue?: string; dataDir?: string; json?: true }) => {
      const result = await withInstance(dataDirOf(options), ({ database }) => verifyLedger(database, options.issue));
      if (options.json) printJson({ schema: 'zhenggai.verify/1', verified: result.problems.length === 0, ...result });
      const [first] = result.problems;
      if (first)
        throw new ZhenggaiError('doesNotHold', {
          code: `ledger.${first.code}`,
          what: `总账${first.stream}第${first.version ?? '-'}条不符：${first.what}（共${result.problems.length}处）。`,
          todo: '请立即停止办理，保留现场，并与备份比对。',
        });
      if (result.streams === 0)
        throw new ZhenggaiError('badInput', {
          code: 'issue.unknown',
          what: `没有问题${options.issue ?? ''}。`,
          todo: '请用 zhenggai issue list 查看编号。',
        });
      if (!options.json)
        print(
          `校验通过：${result.streams}本账，${result.events}条记录，${result.contents}段内容${result.erased > 0 ? `（其中${result.erased}段已依规清除）` : ''}。`,
        );
    });
