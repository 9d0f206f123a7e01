import { statusesOf } from '../extract/status';
import { sentences } from '../prose';
import { finding, nameOf, type Check, type CheckInput } from './context';

const unfinished =
  /尚在|尚未|仍未|仍在|还未|未处理|待审批|待批复|待(?:验收|评审|审定|落实|解决)|正在?(?:办理|组织(?!学)|征求|申报|筹备|施工|同步|草拟|起草|拟定|安装|持续|协调|对接|谋划|招标|采购|报批)|正(?:持续)?进行中|(?:整改|推进|办理|建设|施工|安装)中[。，,；;]|拟于|预计\s?\d|计划[^。，,；;]{0,12}(?:竣工|完工|完成|启动)|待[^。，,；;]{2,16}(?:后|通过)|(?:下一步|近期|年底前?|月底前?)[^。，,；;]{0,8}(?:完成|启动|出台|整改到位)/gu;
/** 防止尚未…, 对尚未…的督促: said of others, or of what was. */
const notOpen = /(?:防止|避免|杜绝|对|凡|如|若|原|此前|当时|发现)[^。，,；;]{0,8}$/u;

/** An issue called completed whose account tells of something still open. */
export const completedButOpen: Check = ({ read }) =>
  read.flatMap(({ issue, finding: { sections, shared } }) => {
    if (issue.status?.value !== 'completed') return [];
    const open = [...sections, ...shared]
      .filter(({ kind }) => kind === 'implementation')
      .flatMap(({ prose }) =>
        sentences(prose.text).flatMap(({ start, end }) => {
          const text = prose.text.slice(start, end);
          const match = [...text.matchAll(unfinished)].find(({ index }) => !notOpen.test(text.slice(Math.max(index - 12, 0), index)));
          return match === undefined ? [] : [{ words: match[0].replace(/[。，,；;]$/u, ''), line: prose.lineAt(start + match.index) }];
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

/** “All rectified” said outside the findings, beside a finding that is not, or beside a stated number of such. */
export const allRectified: Check = ({ draft, outside }: CheckInput) => {
  const open = draft.issues.filter(({ status }) => status !== null && status.value !== 'completed');
  const stated = draft.declared.filter(({ what, value }) => openStates.has(what) && value > 0);
  if (open.length === 0 && stated.length === 0) return [];
  const labels = open.map(({ label, number }) => label || String(number)).join('、');
  const beside =
    open.length > 0 ? `问题${labels}未写明已完成` : `自报未完成或正在整改的有 ${stated.reduce((sum, { value }) => sum + value, 0)} 个`;
  const places = open.length > 0 ? open.flatMap(({ status }) => status?.line ?? []) : stated.map(({ line }) => line);
  return outside.flatMap((prose) =>
    sentences(prose.text).flatMap(({ start, end }) => {
      const text = prose.text.slice(start, end);
      if (!saysAll(text)) return [];
      const hedged = /基本/.test(text);
      const message = `文中称问题${hedged ? '基本都' : '全部'}整改到位，而${beside}。`;
      return [finding(hedged ? 'info' : 'warning', 'allRectifiedButOpen', message, [prose.lineAt(start), ...places])];
    }),
  );
};

const openStates = new Set(['not_completed', 'in_progress', 'partially_rectified']);

/** Of all of them, and as done: 其他问题均已整改 and 确保全部整改到位 say neither. */
function saysAll(text: string): boolean {
  const match = all.exec(text) ?? /(?:整改|完成|销号)率(?:为|达到?|已达)?\s?100[%％]/u.exec(text);
  if (match === null || !/问题|事项|任务|率/.test(text)) return false;
  const lead = /[^。；;]*$/u.exec(text.slice(Math.max(match.index - 40, 0), match.index))?.[0] ?? '';
  return !/要|确保|力争|坚持|推动|其他|其余|除|能|对已|可|应|审计|第一类|立行立改/.test(lead);
}

/** One issue of which its label, its text and the section it stands in say different states. */
export const statusConflict: Check = ({ read }) =>
  read.flatMap((one) => {
    const said = statusesOf(one.finding);
    const [first, ...others] = said;
    const other = others.find(({ value }) => first !== undefined && isOpen(value) !== isOpen(first.value));
    if (first === undefined || other === undefined) return [];
    const message = `问题${nameOf(one)}的整改状态前后不一：“${short(first.raw)}”与“${short(other.raw)}”。`;
    return [finding('warning', 'statusConflict', message, [first.line, other.line])];
  });

const isOpen = (value: string): boolean => openStates.has(value);
const short = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text);

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
