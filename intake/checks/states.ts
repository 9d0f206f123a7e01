import type { CheckInput, Check } from './context';
import { finding } from './context';
import { sentences } from '../prose';

const unfinished =
  /尚在|尚未|仍未|仍在|未处理|待审批|待批复|正在(?:办理|组织|征求|申报|筹备|施工|进行|同步|草拟|安装|持续)|正(?:持续)?进行中|拟于|预计\d|计划[^。，,；;]{0,12}(?:竣工|完工|完成|启动)|待[^。，,；;]{2,16}(?:后|通过)/u;

/** An issue called completed whose account tells of something still open. */
export const completedButOpen: Check = ({ read }) =>
  read.flatMap(({ issue, finding: { sections, shared } }) => {
    if (issue.status?.value !== 'completed') return [];
    const open = [...sections, ...shared]
      .filter(({ kind }) => kind === 'implementation')
      .flatMap(({ prose }) =>
        sentences(prose.text).flatMap(({ start, end }) => {
          const match = unfinished.exec(prose.text.slice(start, end));
          return match === null ? [] : [{ words: match[0], line: prose.lineAt(start + match.index) }];
        }),
      );
    if (open.length === 0) return [];
    const words = [...new Set(open.map((hit) => `“${hit.words}”`))].slice(0, 3).join('、');
    return [
      finding(
        'warning',
        'completedButOpen',
        `问题${issue.label || issue.number}写明已完成，但文中仍有未了事项：${words}。`,
        open.map(({ line }) => line),
      ),
    ];
  });

const all = /(?:全部|均|都|完全)已?(?:经)?(?:完成整改|整改(?:到位|完成|完毕|销号)|销号|整改)/u;

/** “All rectified” said outside the findings, beside a finding that is not. */
export const allRectified: Check = ({ draft, outside }: CheckInput) => {
  const open = draft.issues.filter(({ status }) => status !== null && status.value !== 'completed');
  if (open.length === 0) return [];
  return outside.flatMap((prose) =>
    sentences(prose.text).flatMap(({ start, end }) => {
      const text = prose.text.slice(start, end);
      if (!all.test(text) || !/问题|事项|任务/.test(text) || /要|确保|力争|坚持|推动/.test(text)) return [];
      const hedged = /基本/.test(text);
      const labels = open.map(({ label, number }) => label || String(number)).join('、');
      const message = `文中称问题${hedged ? '基本都' : '全部'}整改到位，而问题${labels}未写明已完成。`;
      return [
        finding(hedged ? 'info' : 'warning', 'allRectifiedButOpen', message, [
          prose.lineAt(start),
          ...open.flatMap(({ status }) => status?.line ?? []),
        ]),
      ];
    }),
  );
};

const claim = /(?:反馈|发现|指出)[^，,。；;]{0,6}?(\d{1,4})[个项条][^。]{0,12}?已(?:全部)?整改(?:完成)?(\d{1,4})[个项条]/u;
const contrary = /(?:整改不彻底|质量不高|未整改到位|仍有发生|仍未|反弹)/u;

/** Within one finding: as many rectified as fed back, and yet some are not. Where both were counted, `earlierSums` compares them. */
export const claimWithinFinding: Check = ({ read }) =>
  read.flatMap(({ issue }) => {
    if (issue.earlier?.outstanding != null) return [];
    const match = claim.exec(issue.text);
    const against = contrary.exec(issue.text);
    if (match === null || against === null || match[1] !== match[2]) return [];
    const message = `问题${issue.label || issue.number}称反馈的 ${match[1] ?? ''} 个问题已整改 ${match[2] ?? ''} 个，同时又写“${against[0]}”。`;
    return [finding('warning', 'claimedDoneYetNot', message, [issue.line])];
  });

/** A limit that had passed when the report was written, on an issue that is not completed. */
export const passedDeadline: Check = ({ draft }) =>
  draft.issues.flatMap(({ label, number, status, deadline }) => {
    const day = draft.round.reportDate?.value ?? null;
    const due = deadline?.due ?? null;
    const open = status !== null && status.value !== 'completed' && status.value !== 'basically_completed';
    if (!open || day === null || due === null || deadline === null || due >= day.slice(0, due.length)) return [];
    return [
      finding('warning', 'deadlinePassed', `问题${label || number}的时限 ${due} 在报告落款日 ${day} 之前，而状态不是已完成。`, [
        deadline.line,
        status.line,
      ]),
    ];
  });
