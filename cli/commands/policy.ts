import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import { diffPolicies } from '../../domain/policy/diff';
import { roundSourceLabels, type Policy } from '../../domain/policy/policy';
import { writePolicyFile } from '../../intake/policy-file';
import { addPolicy, loadPolicy, loadRules, policyName, policyNames } from '../../ledger/rules';
import { actingAs, type ActingOptions } from '../acting';
import { withInstance } from '../connect';
import { writeOutputFile } from '../files';
import { asOption, dataDirOf, dataDirOption, jsonOption, tokenOption } from '../options';
import { print, printJson, printTable } from '../output';
import { policyNameOf, policyOf, policyOfFile } from '../policy-of';
import { showPolicy } from '../show-policy';
import { policyPreviewCommand, policyPutCommand } from './policy-put';

export const policyCommand = (): Command =>
  new Command('policy')
    .description('规则：期限、提醒督办阶梯、联审单位等；查看、核对、比较、加入、试算、启用')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(checkCommand())
    .addCommand(diffCommand())
    .addCommand(addCommand())
    .addCommand(policyPreviewCommand())
    .addCommand(policyPutCommand());

interface Options {
  readonly dataDir?: string;
  readonly json?: true;
}

const listCommand = (): Command =>
  new Command('list')
    .description('列出规则，和各轮次在用哪一个')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const inForce = policyName((await loadRules(database, database)).policy);
        const rounds = await database.round.findMany({ select: { id: true, policy: true }, orderBy: { openedAt: 'asc' } });
        const policies: { name: string; title: string; source: string; rounds: string[]; forNewRounds: boolean }[] = [];
        for (const name of await policyNames(database)) {
          const { title, source } = await loadPolicy(database, database, name);
          const used = rounds.filter(({ policy }) => policy === name).map(({ id }) => id);
          policies.push({ name, title, source, rounds: used, forNewRounds: name === inForce });
        }
        if (options.json) printJson({ schema: 'zhenggai.policies/1', policies });
        else
          printTable(
            [
              { title: '编号', whole: true },
              { title: '名称' },
              { title: '来源', whole: true },
              { title: '在用的轮次' },
              { title: '', whole: true },
            ],
            policies.map(({ name, title, source, rounds: used, forNewRounds }) => [
              name,
              title,
              roundSourceLabels[source as Policy['source']],
              used.join(' '),
              forNewRounds ? '默认' : null,
            ]),
          );
      });
    });

const showCommand = (): Command =>
  new Command('show')
    .description('查看一个规则；也可写成文件，改好后再加入')
    .argument('<规则>', '如 district-inspection@3；不写版本为最新版')
    .option('--explain', '说明每一项的用处和依据')
    .option('--out <文件>', '写成规则文件(JSON)')
    .option('--force', '覆盖已有的文件')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (name: string, options: Options & { explain?: true; out?: string; force?: true }) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const policy = await policyOf(database, name);
        if (options.out !== undefined) {
          await writeOutputFile(options.out, writePolicyFile(policy), { overwrite: options.force === true });
          print(`已写成文件：${options.out}。`);
        } else if (options.json) printJson(JSON.parse(writePolicyFile(policy)));
        else showPolicy(policy, { explain: options.explain === true });
      });
    });

const checkCommand = (): Command =>
  new Command('check')
    .description('核对一个规则文件：逐处指出不合规的地方；不加入')
    .argument('<文件>', '规则文件(JSON)，格式见 docs/policy.md')
    .addOption(jsonOption())
    .action(async (file: string, options: { json?: true }) => {
      const policy = await policyOfFile(file);
      if (options.json) printJson({ schema: 'zhenggai.policyCheck/1', name: policyName(policy), ok: true });
      else print(`规则${policyName(policy)}（${policy.title}）可以使用。`);
    });

const diffCommand = (): Command =>
  new Command('diff')
    .description('比较两个规则')
    .argument('<甲>', '规则或规则文件')
    .argument('<乙>', '规则或规则文件')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (a: string, b: string, options: Options) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const changes = diffPolicies(await policyOf(database, a), await policyOf(database, b));
        if (options.json) printJson({ schema: 'zhenggai.policyDiff/1', changes });
        else if (changes.length === 0) print('两者相同。');
        else {
          printTable(
            [{ title: '项目' }, { title: '甲' }, { title: '乙' }],
            changes.map(({ path, from, to }) => [path, from ?? '（无）', to ?? '（无）']),
          );
          print('', `${changes.length}处不同。`);
        }
      });
    });

const addCommand = (): Command =>
  new Command('add')
    .description('加入一个规则文件；在轮次中启用之前不起作用')
    .argument('<文件>', '规则文件(JSON)')
    .addOption(asOption())
    .addOption(tokenOption())
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (file: string, options: Options & ActingOptions) => {
      const policy = await policyOfFile(file);
      await withInstance(dataDirOf(options), async (connected) => {
        const { database } = connected;
        await actingAs(connected, options, { wanted: ['inspectionOffice', 'admin'], what: '加入规则' });
        const name = policyName(policy);
        const added = await addPolicy(database, policy);
        if (!added && diffPolicies(await loadPolicy(database, database, name), policy).length > 0)
          throw badInput('policy.taken', `已有规则${name}，内容不同。`, '规则一经加入不再改动：请把文件中的 version 加1。');
        if (options.json) printJson({ schema: 'zhenggai.policyAdded/1', name: await policyNameOf(database, name), added });
        else print(added ? `已加入规则${name}。` : `规则${name}早已加入，内容相同。`, `试算：zhenggai policy preview --round R1 ${name}`);
      });
    });
