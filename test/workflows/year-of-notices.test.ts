import mammoth from 'mammoth';
import { verifyLedger } from '../../ledger/verify';
import { beijing, firstDay, isOfficeDay, opensWeek } from '../support/office-days';
import { carriersOf, owedWords, wordKey, type OwedWord } from '../support/owed-word';
import { startOwnInbox, type OwnInbox, type ReceivedMail } from '../support/own-inbox';
import { removeTemporaryDirs } from '../support/servers';
import { signedPapers } from '../support/signed-papers';
import { documentOfYear, liveYear, type LivedYear } from '../support/year';

jest.setTimeout(540_000);

/** How long after its opening a message may be claimed: a quarter of an hour for rungs that are still due, and a minute to look again. */
const LATEST_MINUTES = 16;
const leaders = ['leadLeader', 'leaderInCharge', 'firstResponsible', 'leadingGroup'];

let inbox: OwnInbox;
let year: LivedYear;
let words: readonly OwedWord[];
let messages: readonly ReceivedMail[];
let carriers: ReadonlyMap<string, readonly ReceivedMail[]>;
beforeAll(async () => {
  inbox = await startOwnInbox('zgb@linjiang.example');
  year = await liveYear(documentOfYear(), inbox);
  words = await owedWords(year.deployment.ledger.database);
  messages = await inbox.messages();
  carriers = carriersOf(messages);
});
afterAll(async () => {
  await year.deployment.close();
  await inbox.close();
  removeTemporaryDirs();
});

/** Told in the week only when red, unless the person is also told as something else. */
const waitsForMonday = ({ tone, roles, vacant }: OwedWord): boolean =>
  tone !== 'red' && vacant.length === 0 && roles.every((role) => leaders.includes(role));

const carriedBy = ({ person, marks }: ReceivedMail): OwedWord[] => {
  const own = new Set(marks.map((mark) => wordKey({ person, mark })));
  return words.filter((word) => own.has(wordKey(word)));
};

test('the year was lived: everything was decided as the people wished, deed equals forecast, the ledger holds', async () => {
  const { refused, differences, lost, silent } = year.run;
  expect({ refused, differences, lost, silent }).toEqual({ refused: [], differences: [], lost: 0, silent: 0 });
  expect((await verifyLedger(year.deployment.ledger.database)).problems).toEqual([]);
  expect(messages.length).toBeGreaterThan(300);
  const states = new Set(words.map(({ state }) => state));
  expect(states.has('sent') && states.has('withdrawn')).toBe(true);
});

test('each person who is owed word of a rung has it in exactly one message, or it says why not', () => {
  const wrong = words.filter((word) => {
    const told = carriers.get(wordKey(word))?.length ?? 0;
    if (word.state === 'sent') return told !== 1;
    if (word.state === 'withdrawn' || word.state === 'failed') return told !== 0 || word.reason === null || word.reason === '';
    return told !== 0 || word.opening === null || word.opening.toISOString() <= year.run.end; // its opening is yet to come
  });
  expect(wrong).toEqual([]);
  const owed = new Set(words.map(wordKey));
  expect([...carriers.keys()].filter((key) => !owed.has(key))).toEqual([]);
});

test('each message is claimed at its opening, on no rest day, and says everything at the first opening that its reader has', () => {
  const outside: unknown[] = [];
  const late: unknown[] = [];
  for (const message of messages) {
    const carried = carriedBy(message);
    if (carried.some(({ urgent }) => urgent)) continue; // the demo has none; urgent hours are openings of their own
    const opens = year.minutesOf(message.person);
    const { day, minutes } = beijing(message.claimedAt);
    const onTime = minutes >= opens && minutes <= opens + LATEST_MINUTES;
    if (!onTime || !isOfficeDay(day)) outside.push([message.person, message.claimedAt]);
    for (const word of carried) {
      const first = firstDay(word.firedAt, opens, waitsForMonday(word) ? opensWeek : isOfficeDay);
      if (first !== day) late.push([word, first, day]);
    }
  }
  expect(outside).toEqual([]);
  expect(late).toEqual([]);
  const forLeaders = messages.filter((message) => carriedBy(message).every(waitsForMonday));
  expect(forLeaders.length).toBeGreaterThan(0);
  expect(forLeaders.filter(({ claimedAt }) => !opensWeek(beijing(claimedAt).day))).toEqual([]);
});

test('no message tells of what was closed before it was written', () => {
  const stale = messages.flatMap((message) =>
    carriedBy(message)
      .filter(({ closedAt }) => closedAt !== null && closedAt <= message.claimedAt)
      .map((word) => [message.messageId, word]),
  );
  expect(stale).toEqual([]);
});

test('one message a person and opening, each with a Message-ID of its own, in the mailbox of the person or of who passes it on', async () => {
  const { database } = year.deployment.ledger;
  const openings = messages.map(({ person, claimedAt }) => `${person} ${beijing(claimedAt).day}`);
  expect(openings.filter((opening, index) => openings.indexOf(opening) !== index)).toEqual([]);
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
  const persons = await database.person.findMany();
  const liaisons = await database.post.findMany({ where: { role: 'liaison' } });
  const mailOf = (id: string): string | null => persons.find((person) => person.id === id)?.email ?? null;
  const astray = messages.filter(({ person, recipients }) => {
    const own = mailOf(person);
    return own === null
      ? !liaisons.some(({ personId }) => mailOf(personId) === recipients[0])
      : recipients.length !== 1 || recipients[0] !== own;
  });
  expect(astray.map(({ person, recipients }) => [person, recipients])).toEqual([]);
});

test('text and HTML of a message name the same matters, and all that it carries', () => {
  const shown = (text: string): string[] => [...new Set(text.match(/\bR\d+(?:-\d{3})?\b|基础数据/g) ?? [])].sort();
  const visible = (html: string): string => html.replace(/<(?:style|title)[\s\S]*?<\/(?:style|title)>/g, '').replace(/<[^>]*>/g, ' ');
  const addressless = (text: string): string => text.replace(/https?:\/\/\S+/g, '');
  for (const message of messages) {
    const inText = shown(addressless(message.text));
    expect([message.messageId, shown(visible(message.html))]).toEqual([message.messageId, inText]);
    if (message.attachments.some(({ filename }) => filename?.endsWith('.xlsx'))) continue; // the rest stands in the list
    const references = carriedBy(message).map(({ streamId }) => (streamId === 'base' ? '基础数据' : streamId.replace('round/', '')));
    expect([message.messageId, inText]).toEqual([message.messageId, [...new Set(references)].sort()]);
  }
});

test('every signed paper goes with the message that asks its addressee for an answer, and opens as what the ledger says', async () => {
  const papers = await signedPapers(year.deployment.ledger.database);
  expect(new Set(papers.map(({ label }) => label)).size).toBeGreaterThanOrEqual(3);
  const missing: unknown[] = [];
  const told = new Set<string>();
  for (const paper of papers) {
    const asks = words.filter(({ streamId, dutyId, state }) => `${streamId}/${dutyId}` === paper.replyDuty && state === 'sent');
    for (const word of asks) {
      const [message] = carriers.get(wordKey(word)) ?? [];
      const file = message?.attachments.find(({ filename }) => filename === `${paper.label}${paper.number}.docx`);
      if (!file) {
        missing.push([word.person, `${paper.label}${paper.number}`, message?.messageId]);
        continue;
      }
      told.add(paper.replyDuty);
      const { value, messages: complaints } = await mammoth.extractRawText({ buffer: file.content });
      expect(complaints).toEqual([]);
      const text = value.replace(/\s+/g, '');
      const fields = [paper.number, ...paper.addressees, ...paper.matters.flatMap(({ title, reference }) => [title, ...reference])];
      expect([file.filename, fields.filter((field) => !text.includes(field.replace(/\s+/g, '')))]).toEqual([file.filename, []]);
    }
  }
  expect(missing).toEqual([]);
  expect(told.size).toBeGreaterThan(0);
});
