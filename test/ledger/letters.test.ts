import { createHash } from 'node:crypto';
import mammoth from 'mammoth';
import { readBatch } from '../../cli/batch-input';
import { withLetters } from '../../cli/batch-letters';
import type { Letter } from '../../domain/paper/letter';
import { defaultPolicy } from '../../domain/policy/default-policy';
import { addMillis, localDate, type Instant } from '../../domain/time';
import { batchOutcomes, storeBatch } from '../../ledger/batch';
import { inTransaction } from '../../ledger/database';
import { papersOf } from '../../ledger/digest-papers';
import { importDirectory } from '../../ledger/directory';
import { eraseContent } from '../../ledger/erase';
import { documentOf, keepDocument, lettersFor, type PaperRef, type StoredLetter } from '../../ledger/letters';
import { registerRound } from '../../ledger/register';
import { addPolicy } from '../../ledger/rules';
import { advance, runCommand } from '../../ledger/step';
import { verifyLedger } from '../../ledger/verify';
import { composeLetter } from '../../papers/compose-letter';
import { openRound, openTestLedger, people, START, type TestLedger } from '../support/fixture';
import { act, assign, at, tamper } from './support';

let ledger: TestLedger;
beforeEach(async () => {
  // two leaders, so that two letters go out
  ledger = await openTestLedger({
    ...people,
    persons: [...people.persons, { id: 'leader2', name: 'leader2', email: 'leader2@linjiang.example' }],
    posts: [...people.posts, { personId: 'leader2', unitId: 'bureau', role: 'leadLeader', title: '副局长', from: null, to: null }],
  });
});
afterEach(() => ledger.close());

const SIGNED = at('2026-06-22T09:00');
const sign = (paperId: string, letterId?: string): object => ({
  type: 'signPaper',
  paperId,
  ...(letterId === undefined ? {} : { letterId }),
});
const REMINDER = 'reminderLetter-1';

/** Nobody does anything until `until`: the engine wakes at every rung. */
async function neglect(id: string, until: Instant): Promise<void> {
  for (let wake: Instant | null = START; wake !== null && wake <= until;) wake = (await advance(ledger.database, id, wake)).nextWakeAt;
}

/** Issues whose reminder letter waits for its signature; `leaders` in their order. */
async function neglected(leaders: readonly string[]): Promise<string[]> {
  const { issueIds } = await openRound(ledger.database, leaders.length);
  for (const [index, id] of issueIds.entries()) {
    await act(ledger, id, 'office', { ...assign, leadLeaderId: leaders[index] }, addMillis(START, 1_000));
    await neglect(id, at('2026-06-20T00:00'));
  }
  return [...issueIds];
}

const refs = (ids: readonly string[], paperId = REMINDER): PaperRef[] => ids.map((streamId) => ({ streamId, paperId }));
const stored = (papers: readonly PaperRef[]): Promise<StoredLetter[]> => inTransaction(ledger.database, (tx) => lettersFor(tx, papers));
const documents = (papers: readonly PaperRef[]) =>
  inTransaction(ledger.database, async (tx) => {
    const letters = await lettersFor(tx, papers);
    const made = [];
    for (const letter of letters) made.push(await documentOf(tx, letter, composeLetter));
    return made;
  });
const textOf = async (bytes: Uint8Array): Promise<string> => (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
/** Waits until another transaction waits for a lock of ours, or `over` says that it needs none. */
async function untilBlocked(over: () => boolean): Promise<void> {
  for (;;) {
    const [row] = await ledger.database.$queryRaw<{ blocked: boolean }[]>`
      SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock') AS blocked`;
    if (row?.blocked === true || over()) return;
  }
}
const referencesIn = ({ letter }: StoredLetter): string[] => letter?.matters.map(({ reference }) => reference) ?? [];
const problems = async (): Promise<unknown[]> => [...(await verifyLedger(ledger.database)).problems];
const numbersOf = async (): Promise<string[]> =>
  (await ledger.database.letter.findMany({ orderBy: { number: 'asc' } })).map(({ number }) => number);

/** The batch as the command line sends it: grouped, stored, decided `atOnce` side by side. */
async function batch(issueIds: readonly string[], exceptions: readonly string[] = [], batchId = 'b1') {
  const read = await readBatch(ledger.database, { type: 'signPaper', words: [`paperId=${REMINDER}`], exceptions }, issueIds);
  const grouped = await withLetters(ledger.database, read, { batchId, on: localDate('2026-06-22') });
  const kept = await storeBatch(ledger.database, { ...grouped, batchId, actor: 'office', via: 'test' });
  await Promise.all(kept.keys.map(({ key }) => runCommand(ledger.database, key, SIGNED)));
  return batchOutcomes(ledger.database, kept);
}

describe('a single paper', () => {
  it('is a letter of its own: row, values and text are sealed, the document says the facts and is kept once', async () => {
    const [id = ''] = await neglected(['leader']);
    await act(ledger, id, 'office', sign(REMINDER), SIGNED);
    expect(await ledger.database.letter.findMany()).toMatchObject([
      { id: `${id}/${REMINDER}`, kind: 'reminderLetter', number: '〔2026〕1号', addressee: 'leadLeader', contentId: null, sha256: null },
    ]);
    const [letter] = await stored(refs([id]));
    expect(letter).toMatchObject({
      id: `${id}/${REMINDER}`,
      filename: '提醒函〔2026〕1号.docx',
      papers: [{ streamId: id, paperId: REMINDER }],
      letter: { number: '〔2026〕1号', signedOn: '2026-06-22', office: '临江区卫健局整改工作领导小组办公室', issuer: '整改办' },
      document: { state: 'none' },
    });
    const [first] = await documents(refs([id]));
    const text = await textOf(first?.bytes ?? new Uint8Array());
    for (const fact of ['临江区卫健局整改工作领导小组办公室', '〔2026〕1号', 'leader（牵头领导）', `${id}号问题“问题1”`, '2026年6月22日'])
      expect(text).toContain(fact);
    expect(text).not.toContain('草　稿');
    expect(first?.sha256).toBe(
      createHash('sha256')
        .update(first?.bytes ?? '')
        .digest('hex'),
    );

    const other = await inTransaction(ledger.database, (tx) => keepDocument(tx, `${id}/${REMINDER}`, Buffer.from('other')));
    expect(other).toMatchObject({ state: 'kept', sha256: first?.sha256 });
    expect((await documents(refs([id]))).map((paper) => paper?.sha256)).toEqual([first?.sha256]);
    expect(await ledger.database.content.count({ where: { mediaType: { contains: 'wordprocessingml' } } })).toBe(1);
    expect(await problems()).toEqual([]);
  });

  it('the application can change neither a number nor a kept document', async () => {
    const [id = ''] = await neglected(['leader']);
    await act(ledger, id, 'office', sign(REMINDER), SIGNED);
    await expect(ledger.database.$executeRaw`UPDATE letter SET number = '〔2026〕9号'`).rejects.toThrow('permission denied');
    await documents(refs([id]));
    await expect(ledger.database.$executeRaw`UPDATE letter SET sha256 = repeat('0', 64)`).rejects.toThrow();
    await expect(ledger.database.$executeRaw`DELETE FROM letter`).rejects.toThrow('permission denied');
  });
});

describe('a batch', () => {
  const LEADERS = ['leader', 'leader2', 'leader', 'leader2', 'leader'];

  it('of five papers to two leaders is two letters with two numbers, without a gap, each with the list of its issues', async () => {
    const ids = await neglected(LEADERS);
    expect((await batch(ids)).every(({ outcome }) => outcome?.accepted)).toBe(true);
    expect(await numbersOf()).toEqual(['〔2026〕1号', '〔2026〕2号']);
    const letters = await stored(refs(ids));
    const of = (leader: string): string[] => ids.filter((_, index) => LEADERS[index] === leader);
    expect(letters.map((letter) => [letter.letter?.addressee, referencesIn(letter)]).sort()).toEqual([
      ['leader2（牵头领导）', of('leader2')],
      ['leader（牵头领导）', of('leader')],
    ]);
    for (const paper of await documents(refs(ids))) {
      const text = await textOf(paper?.bytes ?? new Uint8Array());
      const own = letters.find(({ filename }) => filename === paper?.filename);
      for (const id of ids) expect([id, text.includes(id)]).toEqual([id, own ? referencesIn(own).includes(id) : 'no letter']);
      expect(text).toContain(own?.letter?.number);
    }
    const events = await ledger.database.event.findMany({ where: { type: 'paperSigned' } });
    const letterIds = new Set(events.map(({ payload }) => (payload as { letterId?: string }).letterId));
    expect([events.length, letterIds.size, letterIds.has(undefined)]).toEqual([5, 2, false]);
    expect(await problems()).toEqual([]);
  });

  it('sent again signs nothing and names the same letters', async () => {
    const ids = await neglected(LEADERS);
    const outcomes = await batch(ids);
    const before = await ledger.database.event.count();
    expect(await batch(ids)).toEqual(outcomes);
    expect([await ledger.database.event.count(), (await numbersOf()).length]).toEqual([before, 2]);
  });

  it('an issue that refuses leaves the letter of the others whole', async () => {
    const ids = await neglected(['leader', 'leader', 'leader']);
    const [first = '', ...others] = ids;
    await act(ledger, first, 'office', { type: 'declinePaper', paperId: REMINDER, reason: '已当面说明' }, SIGNED);
    const outcomes = await batch(ids);
    expect(outcomes.map(({ outcome }) => outcome?.accepted)).toEqual([false, true, true]);
    const letters = await stored(refs(ids));
    expect(letters.map(referencesIn)).toEqual([others]);
    expect(await numbersOf()).toEqual(['〔2026〕1号']);
    expect(await problems()).toEqual([]);
  });

  it('one paper alone for its addressee shares no letter', async () => {
    const ids = await neglected(['leader', 'leader2', 'leader2']);
    await batch(ids);
    const letters = await stored(refs(ids));
    expect(letters.map(({ id }) => id).filter((id) => id.startsWith('letter:'))).toHaveLength(1);
    expect(letters.map(({ id }) => id)).toContain(`${ids[0] ?? ''}/${REMINDER}`);
  });

  it('a letter id named by hand is kept', async () => {
    const ids = await neglected(['leader', 'leader']);
    const read = await readBatch(
      ledger.database,
      { type: 'signPaper', words: [`paperId=${REMINDER}`, 'letterId=会签'], exceptions: [] },
      ids,
    );
    expect(await withLetters(ledger.database, read, { batchId: 'b', on: localDate('2026-06-22') })).toEqual(read);
  });
});

describe('who comes too late, or does not fit, gets a letter and a number of its own', () => {
  const standing = async (ids: readonly string[]): Promise<unknown[]> =>
    (await stored(refs(ids))).map((letter) => [letter.id, letter.letter?.number, referencesIn(letter)]);

  it('after the document was composed', async () => {
    const [one = '', two = '', late = ''] = await neglected(['leader', 'leader', 'leader']);
    for (const id of [one, two]) await act(ledger, id, 'office', sign(REMINDER, 'x'), SIGNED);
    const [before] = await documents(refs([one]));
    await act(ledger, late, 'office', sign(REMINDER, 'x'), SIGNED);
    expect(await standing([one, two, late])).toEqual([
      [`${late}/${REMINDER}`, '〔2026〕2号', [late]],
      ['letter:x', '〔2026〕1号', [one, two]],
    ]);
    expect((await documents(refs([two])))[0]?.sha256).toBe(before?.sha256);
    const [signed] = await ledger.database.event.findMany({ where: { streamId: late, type: 'paperSigned' } });
    expect(signed?.payload).not.toHaveProperty('letterId');
    expect(await problems()).toEqual([]);
  });

  it('to another addressee, on another day, or of another kind', async () => {
    const [one = '', other = '', later = '', order = ''] = await neglected(['leader', 'leader2', 'leader', 'leader']);
    await act(ledger, one, 'office', sign(REMINDER, 'x'), SIGNED);
    await act(ledger, other, 'office', sign(REMINDER, 'x'), SIGNED);
    await act(ledger, later, 'office', sign(REMINDER, 'x'), addMillis(SIGNED, 86_400_000));
    await act(ledger, order, 'office', { type: 'escalate', kind: 'supervisionOrder', reason: '久拖不决' }, SIGNED);
    const { papers } = (await ledger.database.issue.findUniqueOrThrow({ where: { id: order } })).state as unknown as {
      papers: { id: string }[];
    };
    await act(ledger, order, 'office', sign(papers.at(-1)?.id ?? '', 'x'), SIGNED);
    const rows = await ledger.database.letter.findMany({ orderBy: [{ kind: 'asc' }, { number: 'asc' }] });
    expect(rows.map(({ kind, number }) => `${kind} ${number}`)).toEqual([
      'reminderLetter 〔2026〕1号',
      'reminderLetter 〔2026〕2号',
      'reminderLetter 〔2026〕3号',
      'supervisionOrder 〔2026〕1号',
    ]);
    expect((await stored(refs([one]))).map(referencesIn)).toEqual([[one]]);
    expect(await problems()).toEqual([]);
  });

  it('to be answered by another day: a letter names one', async () => {
    const { rectify } = defaultPolicy.ladders;
    const value = rectify.value.map((rung) => (rung.paper ? { ...rung, paper: { ...rung.paper, replyWorkdays: 9 } } : rung));
    const patient = { ...defaultPolicy, id: 'patient', version: 1, ladders: { ...defaultPolicy.ladders, rectify: { ...rectify, value } } };
    await addPolicy(ledger.database, patient);
    const [one = ''] = await neglected(['leader']);
    const round = { name: '第二轮', inspectedBody: null, inspectingBody: null, feedbackOn: localDate('2026-03-02'), source: null };
    const issues = [{ number: 1, title: '问题1', text: '正文', reported: null }];
    const { issueIds } = await registerRound(
      ledger.database,
      { ...round, issues, policy: 'patient@1' },
      { actor: 'office', via: 'test', now: START },
    );
    const two = issueIds[0] ?? '';
    await act(ledger, two, 'office', assign, addMillis(START, 1_000));
    await neglect(two, at('2026-06-20T00:00'));
    for (const id of [one, two]) await act(ledger, id, 'office', sign(REMINDER, 'x'), SIGNED);
    expect(await standing([one, two])).toEqual([
      [`${two}/${REMINDER}`, '〔2026〕2号', [two]],
      ['letter:x', '〔2026〕1号', [one]],
    ]);
  });

  it('while the document is being composed: either in it, or alone', async () => {
    const [one = '', two = ''] = await neglected(['leader', 'leader']);
    await act(ledger, one, 'office', sign(REMINDER, 'x'), SIGNED);
    let compose: Letter | undefined;
    let joined = false;
    let joining: Promise<void> | undefined;
    await inTransaction(ledger.database, async (tx) => {
      const [letter] = await lettersFor(tx, refs([one]));
      if (!letter) throw new Error('no letter');
      joining = act(ledger, two, 'office', sign(REMINDER, 'x'), SIGNED).then(() => {
        joined = true;
      });
      await documentOf(tx, letter, async (values) => {
        compose = values;
        await untilBlocked(() => joined);
        return composeLetter(values);
      });
    });
    await joining;
    expect(compose?.matters.map(({ reference }) => reference)).toEqual([one]);
    expect(await standing([one, two])).toEqual([
      [`${two}/${REMINDER}`, '〔2026〕2号', [two]],
      ['letter:x', '〔2026〕1号', [one]],
    ]);
    expect(await problems()).toEqual([]);
  });
});

describe('what a person arranged or stated stands in the letter', () => {
  it('day and place of a talk', async () => {
    const [id = ''] = await neglected(['leader']);
    await neglect(id, at('2026-08-31T00:00'));
    const talk = { type: 'decideTalk', hold: true, reason: '多次督办无果', talkOn: '2026-09-10', place: '区委三楼第二会议室' };
    expect(await act(ledger, id, 'inspector', talk, at('2026-08-31T09:00'))).toMatchObject({ outcome: { accepted: true } });
    const paper = await ledger.database.paper.findFirstOrThrow({ where: { streamId: id, kind: 'talkNotice' } });
    await act(ledger, id, 'inspector', sign(paper.id), at('2026-08-31T10:00'));
    const [letter] = await stored(refs([id], paper.id));
    expect(letter?.letter).toMatchObject({ office: '区委巡察办', issuer: '巡察办' });
    const [made] = await documents(refs([id], paper.id));
    const text = await textOf(made?.bytes ?? new Uint8Array());
    for (const fact of ['约谈通知书', '2026年9月10日', '区委三楼第二会议室', 'secretary（第一责任人）']) expect(text).toContain(fact);
    const events = await ledger.database.event.findMany({ where: { streamId: id } });
    expect(events.filter(({ body }) => body.includes('第二会议室'))).toEqual([]);
    expect(await problems()).toEqual([]);
  });

  it('the facts of an accountability proposal, written by a person', async () => {
    const [id = ''] = await neglected(['leader']);
    const escalate = { type: 'escalate', kind: 'accountabilityProposal', reason: '经三次督办仍未开展整改。' };
    expect(await act(ledger, id, 'inspector', escalate, SIGNED)).toMatchObject({ outcome: { accepted: true } });
    const paper = await ledger.database.paper.findFirstOrThrow({ where: { streamId: id, kind: 'accountabilityProposal' } });
    await act(ledger, id, 'inspector', sign(paper.id), SIGNED);
    const [made] = await documents(refs([id], paper.id));
    expect(made?.filename).toBe('问责建议书〔2026〕1号.docx');
    const text = await textOf(made?.bytes ?? new Uint8Array());
    for (const fact of ['问责建议书', '经三次督办仍未开展整改。', `${id}号问题“问题1”`]) expect(text).toContain(fact);
    expect(await problems()).toEqual([]);
  });

  it('the list of a handover, in a reminder letter of the same series', async () => {
    const [id = ''] = await neglected(['leader']);
    await advance(ledger.database, 'base', SIGNED);
    await importDirectory(
      ledger.database,
      {
        ...people,
        persons: [...people.persons, { id: 'newHead', name: 'newHead', email: null }],
        posts: people.posts.map((post) => (post.role === 'unitHead' ? { ...post, personId: 'newHead' } : post)),
      },
      { actor: 'admin', via: 'test', now: SIGNED },
    );
    await advance(ledger.database, 'base', SIGNED);
    await act(ledger, 'base', 'office', sign(REMINDER), addMillis(SIGNED, 1_000));
    expect(await stored([{ streamId: 'base', paperId: REMINDER }])).toMatchObject([
      {
        id: `base/${REMINDER}`,
        letter: { kind: 'handover', office: '临江区卫健局整改工作领导小组办公室', addressee: 'newHead（责任单位负责人）' },
      },
    ]);
    const notices = [{ stream_id: 'base', obligation_id: 'handover:unitHead:clinic#1' }];
    const [paper] = await inTransaction(ledger.database, (tx) => papersOf(tx, notices, composeLetter));
    const text = await textOf(paper?.bytes ?? new Uint8Array());
    for (const fact of ['newHead（责任单位负责人）', id, '整改']) expect(text).toContain(fact);
    await act(ledger, id, 'office', sign(REMINDER), SIGNED);
    expect(await numbersOf()).toEqual(['〔2026〕1号', '〔2026〕2号']);
    expect(await problems()).toEqual([]);
  });
});

describe('the papers of a message', () => {
  const compose = (counted: Letter[]) => (letter: Letter) => {
    counted.push(letter);
    return composeLetter(letter);
  };

  it('are those to be answered, each letter once, and the same bytes for everybody after', async () => {
    const ids = await neglected(['leader', 'leader', 'leader2']);
    await batch(ids);
    const notices = [
      ...ids.map((id) => ({ stream_id: id, obligation_id: `reply:${REMINDER}` })),
      { stream_id: ids[0] ?? '', obligation_id: 'receipt#1' },
      { stream_id: ids[0] ?? '', obligation_id: 'reply:none-1' },
    ];
    const composed: Letter[] = [];
    const first = await inTransaction(ledger.database, (tx) => papersOf(tx, notices, compose(composed)));
    expect(first.map(({ filename }) => filename).sort()).toEqual(['提醒函〔2026〕1号.docx', '提醒函〔2026〕2号.docx']);
    const second = await inTransaction(ledger.database, (tx) => papersOf(tx, [...notices].reverse(), compose(composed)));
    expect(composed).toHaveLength(2);
    expect(second.map(({ filename, sha256, bytes }) => [filename, sha256, Buffer.from(bytes).toString('hex')])).toEqual(
      first.map(({ filename, sha256, bytes }) => [filename, sha256, Buffer.from(bytes).toString('hex')]),
    );
    expect(await inTransaction(ledger.database, (tx) => papersOf(tx, [], compose(composed)))).toEqual([]);
  });

  it('two messages at once compose a letter once', async () => {
    const [id = ''] = await neglected(['leader']);
    await act(ledger, id, 'office', sign(REMINDER), SIGNED);
    const composed: Letter[] = [];
    const slowly = async (letter: Letter): Promise<Uint8Array> => {
      composed.push(letter);
      await untilBlocked(() => composed.length > 1);
      return composeLetter(letter);
    };
    const claim = () =>
      inTransaction(ledger.database, (tx) => papersOf(tx, [{ stream_id: id, obligation_id: `reply:${REMINDER}` }], slowly));
    const both = await Promise.all([claim(), claim()]);
    expect(composed).toHaveLength(1);
    expect(both.map(([paper]) => paper?.sha256)).toEqual([both[0][0]?.sha256, both[0][0]?.sha256]);
  });

  it('a claim that is rolled back keeps nothing', async () => {
    const [id = ''] = await neglected(['leader']);
    await act(ledger, id, 'office', sign(REMINDER), SIGNED);
    const notices = [{ stream_id: id, obligation_id: `reply:${REMINDER}` }];
    await inTransaction(ledger.database, async (tx) => {
      await papersOf(tx, notices, composeLetter);
      throw new Error('rolled back');
    }).catch(() => undefined);
    expect(await ledger.database.letter.findFirst()).toMatchObject({ sha256: null, contentId: null });
  });
});

describe('what was signed before letters were kept as values', () => {
  const forget = (id: string): Promise<void> =>
    tamper(ledger, `UPDATE event SET payload = payload - 'letter' WHERE stream_id = '${id}' AND type = 'paperSigned'`);

  it('is composed from the signed text, paragraph by paragraph', async () => {
    const [id = ''] = await neglected(['leader']);
    await act(ledger, id, 'office', sign(REMINDER), SIGNED);
    const [whole] = await stored(refs([id]));
    await forget(id);
    const [made] = await documents(refs([id]));
    const text = await textOf(made?.bytes ?? new Uint8Array());
    const { facts = '?', requirement = '?', addressee = '?' } = whole?.letter ?? {};
    for (const fact of [
      facts,
      requirement,
      addressee,
      '〔2026〕1号',
      '整改办',
      '2026年6月22日',
      `抄送：${whole?.letter?.copies.join('、') ?? '?'}`,
    ])
      expect(text).toContain(fact);
  });

  it('what was erased can neither be composed nor sent, and what was composed and erased is not made anew', async () => {
    const [one = '', two = ''] = await neglected(['leader', 'leader']);
    for (const id of [one, two]) await act(ledger, id, 'office', sign(REMINDER), SIGNED);
    const erase = (content: string) =>
      eraseContent(ledger.database, content, { actor: 'office', via: 'test', reason: '依法删除', now: SIGNED });
    const [signed] = await ledger.database.event.findMany({ where: { streamId: one, type: 'paperSigned' } });
    await erase((signed?.payload as { letter: { content: string } }).letter.content);
    expect(await stored(refs([one]))).toMatchObject([{ letter: null, document: { state: 'none' } }]);
    expect(await documents(refs([one]))).toEqual([null]);

    await documents(refs([two]));
    const row = await ledger.database.letter.findUniqueOrThrow({ where: { id: `${two}/${REMINDER}` } });
    await erase(row.contentId ?? '');
    expect(await documents(refs([two]))).toEqual([null]);
    expect(await stored(refs([two]))).toMatchObject([{ document: { state: 'erased' } }]);
    expect(await verifyLedger(ledger.database)).toMatchObject({ problems: [], erased: 2 });
  });
});
