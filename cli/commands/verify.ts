import { Command } from 'commander';
import { badInput, ZhenggaiError } from '../../domain/failure';
import { heldIn, type HeldAnchor } from '../../ledger/anchors';
import { verifyLedger, type Verification } from '../../ledger/verify';
import { checkDossierFile } from '../check-dossier';
import { withInstance } from '../connect';
import { readInputFile } from '../files';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';

export const verifyCommand = (): Command =>
  new Command('verify')
    .description('校验总账：逐条重算校验码，核对内容和台账')
    .option('--issue <编号>', '只校验一个问题')
    .option('--dossier <文件>', '校验一份卷宗（dossier 写出的网页）及旁边的附件，不需要数据库；可与 --held 同用')
    .option('--held <文件>', '与外部保存的锚核对：含锚号和校验码的文本，如 anchor export 的文件、通报')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: { issue?: string; held?: string; dossier?: string; dataDir?: string; json?: true }) => {
      const held = options.held === undefined ? [] : await heldAnchors(options.held);
      if (options.dossier !== undefined) {
        await verifyDossier(options.dossier, held, options.json === true);
        return;
      }
      const result = await withInstance(dataDirOf(options), ({ database }) => verifyLedger(database, options.issue, held));
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
          ...anchorsSaid(result.anchors),
        );
    });

async function heldAnchors(file: string): Promise<HeldAnchor[]> {
  const held = heldIn((await readInputFile(file)).toString('utf8'));
  if (held.length === 0)
    throw badInput('anchor.none', `文件${file}里没有找到锚。`, '应含“第N号”和64位校验码，如 anchor export 写出的文件。');
  return held;
}

/** What the anchors cover, and what only the next one will. */
function anchorsSaid(anchors: Verification['anchors']): string[] {
  if (anchors === null) return [];
  const { last, uncovered, held } = anchors;
  if (last === null) return ['还没有锚：整本改写总账的，要靠外部保存的锚才能发现。用 zhenggai anchor take 取一号，交外单位保存。'];
  return [
    `锚核对到第${last.number}号（${last.takenAt}）${held > 0 ? `，其中${held}号与外部保存的一致` : ''}；其后${uncovered}条记录还没有锚覆盖。`,
  ];
}

/** Checks a dossier by itself, and its anchor against those that were kept outside. */
async function verifyDossier(file: string, held: readonly HeldAnchor[], json: boolean): Promise<void> {
  const checked = await checkDossierFile(file);
  const { stream, anchor } = checked;
  const kept = held.find(({ number }) => number === anchor?.number);
  const compared =
    held.length === 0 || anchor === null
      ? []
      : [
          kept === undefined
            ? { what: `外部保存的锚里没有第${anchor.number}号`, holds: false }
            : {
                what: `第${anchor.number}号锚与外部保存的${kept.hash === anchor.hash ? '一致' : '不符'}`,
                holds: kept.hash === anchor.hash,
              },
        ];
  const steps = [...checked.steps, ...compared];
  const failed = steps.find(({ holds }) => !holds);
  if (json) printJson({ schema: 'zhenggai.verifyDossier/1', stream, verified: failed === undefined, steps });
  else print(`卷宗${stream}`, ...steps.map(({ what, holds }) => `  ${holds ? '✓' : '✗'} ${what}`));
  if (failed)
    throw new ZhenggaiError('doesNotHold', {
      code: 'dossier.broken',
      what: `卷宗${stream}不成立：${failed.what}。`,
      todo: '请向原单位重新索取卷宗，并与总账核对（zhenggai verify）。',
    });
}
