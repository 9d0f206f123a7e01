import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { decideWithheld, withheld } from '../../ledger/restorations';
import { actingAs, offices, type ActingOptions } from '../acting';
import { withInstance } from '../connect';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson } from '../output';
import { showWithheld } from '../show-notices';

/** `notices withheld`: what a restored backup does not know to have been sent, and what a person says about it. */
export const withheldCommand = (): Command =>
  new Command('withheld')
    .description('恢复备份以后：列出不知道是否已发的通知；确认已发（不再发）或未发（补发）')
    .option('--told', '这些通知在恢复以前已发，不再发')
    .option('--send', '这些通知没有发过，现在补发')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: ActingOptions & { told?: true; send?: true; dataDir?: string; json?: true }) => {
      if (options.told && options.send)
        throw badInput('withheld.both', '--told 和 --send 只能写一个。', '请先用 notices withheld 查看，再决定。');
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const waiting = await withheld(database);
        const count = waiting.reduce((sum, { notices }) => sum + notices, 0);
        if (options.told === undefined && options.send === undefined) {
          if (options.json) printJson({ schema: 'zhenggai.withheld/1', withheld: waiting });
          else if (waiting.length === 0) print('没有待确认的通知。');
          else {
            showWithheld(waiting);
            print('', '问明收件人以后，用 --told（已发，不再发）或 --send（没有发过，补发）确认。');
          }
          return;
        }
        const by = await actingAs(connected, options, { wanted: offices, what: '确认恢复以前的通知' });
        const decision = options.told ? 'told' : 'send';
        const keys = await decideWithheld(database, decision, { by, now: await nowOf(database) });
        if (keys.length > 0) await (await connected.lives()).kickStarter();
        if (options.json) printJson({ schema: 'zhenggai.withheldDecided/1', decision, notices: count });
        else
          print(
            decision === 'told' ? `已确认：${count}条通知恢复以前已发，不再发。` : `已确认：${count}条通知补发，在各人下一次发送时间送达。`,
          );
      });
    });
