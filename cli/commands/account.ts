import { Command } from 'commander';
import { createToken, revokeToken } from '../../ledger/tokens';
import { badInput } from '../../domain/failure';
import { onePerson } from '../acting';
import { withInstance } from '../connect';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';

export const accountCommand = (): Command =>
  new Command('account')
    .description('账户：为脚本签发和撤销令牌（只能在能读数据目录的本机执行）')
    .addCommand(
      new Command('token')
        .description('签发令牌：持有者可以该人员的名义办理；只显示这一次')
        .argument('<人员>', '姓名或编号')
        .addOption(dataDirOption())
        .addOption(jsonOption())
        .action(async (who: string, options: { dataDir?: string; json?: true }) => {
          await withInstance(dataDirOf(options), async ({ database }) => {
            const person = await onePerson(database, who);
            const token = await createToken(database, person.id);
            if (options.json) printJson({ schema: 'zhenggai.token/1', personId: person.id, token });
            else print(token);
          });
        }),
    )
    .addCommand(
      new Command('revoke')
        .description('撤销令牌')
        .argument('<令牌>', '签发时显示的令牌')
        .addOption(dataDirOption())
        .action(async (token: string, options: { dataDir?: string }) => {
          await withInstance(dataDirOf(options), async ({ database }) => {
            if (!(await revokeToken(database, token))) throw badInput('token.unknown', '没有这个令牌，或已撤销。', '无需再撤销。');
            print('已撤销。');
          });
        }),
    );
