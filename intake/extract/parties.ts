import type { DraftIssue } from '../draft';
import type { FieldKind } from '../labels';
import type { Section } from '../sections';

/** Who answers for an issue, from its labels alone. */
export function partiesOf(sections: readonly Section[]): DraftIssue['parties'] {
  const valueOf = (wanted: FieldKind): string | null => {
    const text = sections.find(({ kind, prose }) => kind === wanted && prose.text !== '')?.prose.text ?? '';
    const value = (text.split('\n')[0] ?? '').replace(/[。；;，,、)）\s]+$/u, '').trim();
    return value === '' || value === '无' ? null : value;
  };
  const coUnits = valueOf('coUnits');
  return {
    leadLeader: valueOf('leadLeader'),
    responsibleUnit: valueOf('responsibleUnit'),
    handler: valueOf('handler'),
    coUnits: coUnits === null ? [] : coUnits.split(/[、，,；;\s]+/u).filter((unit) => unit !== ''),
  };
}
