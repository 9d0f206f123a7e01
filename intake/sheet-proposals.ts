import { publicStatusLabels, type PublicStatus } from '../domain/issue/records';
import { phaseLabels, type Phase } from '../domain/issue/types';
import { isLocalDate, type LocalDate } from '../domain/time';
import type { SheetEdit } from './ledger-edits';
import { headingOf, type SheetField } from './ledger-sheet';

/** A command of domain/issue/commands.ts that takes an edit over, its free text in the clear. */
export type SheetCommand =
  | { readonly type: 'amend'; readonly title: string; readonly reason: string }
  | { readonly type: 'requestExtension'; readonly newDueOn: LocalDate; readonly reason: string; readonly progress: string }
  | { readonly type: 'reportProgress'; readonly progress: string }
  | { readonly type: 'editImplementation'; readonly text: string }
  | { readonly type: 'setPublicStatus'; readonly status: PublicStatus; readonly on: LocalDate };

/** An edit with the command that takes it over, or why none does (a sentence for a person). */
export type SheetProposal = SheetEdit & ({ readonly command: SheetCommand } | { readonly why: string });

/** What an edit is judged by: where the issue stands, its day, what its unit reported last; the file's name and the day of today. */
export interface EditContext {
  readonly phase: Phase;
  readonly dueOn: LocalDate | null;
  readonly progress: string | null;
  readonly file: string;
  readonly today: LocalDate;
}

/** Fields that no edit of a cell may change, with the reason. */
const fixed: Readonly<Partial<Record<SheetField, string>>> = {
  measures: '整改措施的增改由责任单位重新报送（proposePlan）。',
  leader: '责任调整须凭依据文件办理（reassign）。',
  unit: '责任调整须凭依据文件办理（reassign）。',
  phase: '办理环节由流程决定，不能在表中改。',
};

/** What an edited cell asks for. Pure. A closeout is never proposed. */
export function proposalOf(edit: SheetEdit, context: EditContext): SheetProposal {
  const { field, to } = edit;
  const why = fixed[field] ?? (to === '' ? `“${headingOf(field)}”不能清空，请写明改成什么。` : null);
  return why === null ? { ...edit, ...judged(edit, context) } : { ...edit, why };
}

function judged(
  { field, to, row }: SheetEdit,
  { phase, dueOn, progress, file, today }: EditContext,
): { command: SheetCommand } | { why: string } {
  const onlyRectifying = (what: string): string => `该问题处于“${phaseLabels[phase]}”，只有整改中的问题${what}。`;
  switch (field) {
    case 'title':
      return { command: { type: 'amend', title: to.replace(/\s*\n\s*/g, ''), reason: `按${file}第${row}行更正` } };
    case 'implementation':
      return { command: { type: 'editImplementation', text: to } };
    case 'progress':
      return phase === 'rectifying' ? { command: { type: 'reportProgress', progress: to } } : { why: onlyRectifying('填报进展') };
    case 'publicStatus': {
      const status = (Object.keys(publicStatusLabels) as PublicStatus[]).find((one) => publicStatusLabels[one] === to.trim());
      return status === undefined
        ? { why: `对外口径只有${Object.values(publicStatusLabels).join('、')}。` }
        : { command: { type: 'setPublicStatus', status, on: today } };
    }
    case 'dueOn': {
      const day = to.trim().replace(/[/.]/g, '-');
      if (!isLocalDate(day)) return { why: '时限没有写到哪一天，请写成 2026-12-31。' };
      if (dueOn === null) return { why: '该问题还没有批准的时限，请随整改措施报送。' };
      if (day < dueOn) return { why: '期限不能提前，请核对。' };
      if (phase !== 'rectifying') return { why: onlyRectifying('可以申请延期') };
      return { command: { type: 'requestExtension', newDueOn: day, reason: `${file}第${row}行写明时限：${to}`, progress: progress ?? to } };
    }
    default:
      return { why: '该列不能在表中改。' };
  }
}
