import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { BASE } from '../../domain/base/types';
import { openHandovers, type HandoverView } from '../../ledger/party-views';
import { actingPerson } from '../acting';
import { tellAnswer } from '../answer';
import { withInstance } from '../connect';
import { newCommand } from '../do-options';
import { nowOf } from '../now';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { withRecordedOptions } from '../recorded';
import type { DoOptions } from '../do-options';
import { submit } from '../submit';
import { dueText } from '../words';

interface Options {
  readonly dataDir?: string;
  readonly json?: true;
}

const unknownHandover = (id: string) => badInput('handover.unknown', `没有待签收的交接${id}。`, '请用 zhenggai party handovers 查看编号。');

export const partyHandoversCommand = (): Command =>
  new Command('handovers')
    .description('列出待签收的交接，或一份交接清单：新任负责人接下哪些事项')
    .argument('[编号]', '交接的编号；不写则列出全部')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string | undefined, options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const handovers = await openHandovers(database, await nowOf(database));
        const one = id === undefined ? undefined : handovers.find((handover) => handover.id === id);
        if (id !== undefined && one === undefined) throw unknownHandover(id);
        if (options.json) printJson({ schema: 'zhenggai.handovers/1', handovers: one ? [one] : handovers });
        else if (one) showItems(one);
        else showAll(handovers);
      });
    });

function showAll(handovers: readonly HandoverView[]): void {
  if (handovers.length === 0) {
    print('没有待签收的交接。');
    return;
  }
  printTable(
    [
      { title: '编号', whole: true },
      { title: '岗位' },
      { title: '原任', whole: true },
      { title: '新任', whole: true },
      { title: '签收期限', whole: true },
      { title: '', whole: true },
    ],
    handovers.map((one) => [
      one.id,
      one.subject,
      one.from?.name ?? '空缺',
      one.to.name,
      dueText(one),
      one.overdue ? { text: '逾期', tone: 'red' } : null,
    ]),
  );
}

function showItems(handover: HandoverView): void {
  print(handover.subject, `原任 ${handover.from?.name ?? '空缺'}  新任 ${handover.to.name}  签收期限 ${dueText(handover)}`, '');
  printTable(
    [
      { title: '问题或轮次', whole: true },
      { title: '应办', whole: true },
      { title: '交接时的期限', whole: true },
      { title: '', whole: true },
    ],
    handover.items.map((item) => [item.reference, item.label, item.dueOn, item.open ? '未办结' : { text: '已办结', tone: 'green' }]),
  );
}

export const partySignCommand = (): Command =>
  withRecordedOptions(
    new Command('sign')
      .description('签收交接清单（新任负责人），或签发随附的提醒函（整改办，编号如 reminderLetter-1）')
      .argument('<编号>', 'party handovers 所列的编号')
      .addOption(asOption())
      .addOption(tokenOption())
      .option('--key <键>', '命令的键：同一个键只办理一次，可放心重发'),
  )
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: DoOptions) => {
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        const actor = await actingPerson(connected, options);
        const stored = await newCommand(
          database,
          {
            streamId: BASE,
            actor,
            command: id.startsWith('reminderLetter-') ? { type: 'signPaper', paperId: id } : { type: 'signHandover', dutyId: id },
          },
          options,
        );
        const submitted = await submit(database, await connected.lives(), stored);
        tellAnswer(submitted, options.json === true, () => (id.startsWith('reminderLetter-') ? '已签发提醒函。' : '已签收交接清单。'));
      });
    });
