import type { Database } from '../../ledger/database';

/** What a signed paper must say to whom, read from the tables and not from the letter that was sealed. */
export interface SignedPaper {
  /** `提醒函` */
  readonly label: string;
  /** `〔2030〕3号` */
  readonly number: string;
  /** `R1-001/reply:reminderLetter-1` */
  readonly replyDuty: string;
  /** Names of those who were asked for the answer when it was signed. */
  readonly addressees: readonly string[];
  /** The issues that stand in it; of several each has its reference in the list. */
  readonly matters: readonly { readonly title: string; readonly reference: readonly string[] }[];
}

const labels: Readonly<Record<string, string>> = {
  reminderLetter: '提醒函',
  supervisionOrder: '督办通知单',
  officeSupervisionOrder: '巡察办督办通知单',
  finalWarning: '告诫书',
};

interface Row {
  readonly stream_id: string;
  readonly paper_id: string;
  readonly kind: string;
  readonly number: string;
  readonly title: string;
  readonly letter: string;
  readonly addressees: readonly string[];
}

/** Every escalation paper that somebody signed and somebody is to answer. */
export async function signedPapers(database: Database): Promise<SignedPaper[]> {
  const rows = await database.$queryRaw<Row[]>`
    SELECT p.stream_id, p.id AS paper_id, p.kind, p.number, i.title,
      coalesce(s.payload->>'letterId', p.stream_id || '/' || p.id) AS letter,
      ARRAY(SELECT DISTINCT q.name FROM event e, jsonb_array_elements(e.payload->'recipients') r JOIN person q ON q.id = r->>'personId'
        WHERE e.stream_id = p.stream_id AND e.type = 'rungFired' AND e.payload->>'dutyId' = 'reply:' || p.id AND e.payload->>'rung' = 'opened') AS addressees
    FROM paper p JOIN issue i ON i.id = p.stream_id
    JOIN event s ON s.stream_id = p.stream_id AND s.type = 'paperSigned' AND s.payload->>'paperId' = p.id
    WHERE p.number IS NOT NULL ORDER BY p.kind, p.number, p.stream_id`;
  return rows.map(({ stream_id, paper_id, kind, number, letter, addressees }) => {
    const together = rows.filter((row) => row.letter === letter);
    return {
      label: labels[kind] ?? kind,
      number,
      replyDuty: `${stream_id}/reply:${paper_id}`,
      addressees,
      matters: together.map(({ stream_id: id, title }) => ({ title, reference: together.length > 1 ? [id] : [] })),
    };
  });
}
