import { Command } from 'commander';
import { badInput } from '../../domain/failure';
import type { LedgerRow } from '../../domain/lists/ledger-rows';
import { progressReport } from '../../domain/paper/progress-report';
import { roundSourceLabels, type RoundSource } from '../../domain/policy/policy';
import { dateOf, localDate } from '../../domain/time';
import { privateInText, redact } from '../../intake/privacy';
import { roundLists } from '../../ledger/lists';
import { reportDocx } from '../../papers/report-docx';
import { withInstance } from '../connect';
import { writeOutputFile } from '../files';
import { nowOf } from '../now';
import { dataDirOf, dataDirOption, jsonOption } from '../options';
import { print, printJson } from '../output';
import { unknownRound } from '../unknown';

interface ReportOptions {
  readonly out: string;
  readonly inside?: true;
  readonly mask?: true;
  readonly contact?: string;
  readonly force?: true;
  readonly dataDir?: string;
  readonly json?: true;
}

/** 整改进展情况的通报, for publication or for inside. */
export const roundReportCommand = (): Command =>
  new Command('report')
    .description('生成整改进展情况的通报（docx）；含个人信息的，须先核对再公开')
    .argument('<轮次>', '如 R1')
    .requiredOption('--out <文件>', '写入这个 docx 文件')
    .option('--mask', '已核对：公开稿中的姓名、电话等以某某、*代替')
    .option('--inside', '内部稿：全文，不得公开')
    .option('--contact <方式>', '联系方式，如 0000-1234567')
    .option('--force', '文件已存在时覆盖')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .action(async (id: string, options: ReportOptions) => {
      await withInstance(dataDirOf(options), async ({ database }) => {
        const now = await nowOf(database);
        const round = await database.round.findUnique({ where: { id } });
        const lists = await roundLists(database, id, now);
        if (round === null || lists === null) throw unknownRound(id);
        const rows = options.inside ? lists.ledger : publicRows(lists.ledger, options.mask === true);
        const report = progressReport(
          {
            body: round.inspectedBody ?? round.name,
            kind: kindOf(round.source),
            inspectingBody: round.inspectingBody,
            feedbackOn: localDate(round.feedbackOn.toISOString().slice(0, 10)),
            asOf: dateOf(now),
            contact: options.contact ?? '',
          },
          rows,
        );
        await writeOutputFile(options.out, await reportDocx(report), { overwrite: options.force === true });
        const figures = Object.fromEntries(report.figures.map(({ name, value }) => [name, value]));
        if (options.json)
          printJson({
            schema: 'zhenggai.report/1',
            round: id,
            asOf: report.day,
            inside: options.inside === true,
            figures,
            out: options.out,
          });
        else print(`已生成${report.title}${options.inside ? '（内部稿）' : ''}：${report.figures[0]?.value ?? 0}个问题，${options.out}。`);
      });
    });

const kindOf = (source: string): string =>
  Object.hasOwn(roundSourceLabels, source) ? roundSourceLabels[source as RoundSource] : roundSourceLabels.inspection;

/** Texts that may be published: private matter is masked once a person has looked. Throws badInput `report.private` before that. */
function publicRows(rows: readonly LedgerRow[], masked: boolean): readonly LedgerRow[] {
  const marks = rows.flatMap(({ issueId, title, implementation, progress }) =>
    [title, implementation.text, progress?.text ?? ''].flatMap((text) => privateInText(text).map((mark) => ({ ...mark, issueId }))),
  );
  if (marks.length > 0 && !masked) {
    const places = [...new Set(marks.map(({ issueId }) => issueId))];
    throw badInput(
      'report.private',
      `公开稿含个人信息${marks.length}处（${places.slice(0, 10).join('、')}${places.length > 10 ? '等' : ''}），不能公开。`,
      '请逐处核对：修改落实情况（editImplementation），或加 --mask 以某某代替；内部使用加 --inside。',
    );
  }
  const clean = (text: string): string => redact(text, marks);
  return rows.map((row) => ({
    ...row,
    title: clean(row.title),
    implementation: { ...row.implementation, text: clean(row.implementation.text) },
    progress: row.progress === null ? null : { ...row.progress, text: clean(row.progress.text) },
  }));
}
