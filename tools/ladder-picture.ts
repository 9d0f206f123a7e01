import { describeAudience } from '../domain/policy/describe';
import { toneLabels } from '../domain/policy/explain';
import { amountOf } from '../domain/policy/offsets';
import type { Audience, Ladder, Rung, Tone } from '../domain/policy/policy';
import { roles, type Role } from '../domain/roles';

// A ladder as a timeline: days from the due day run to the right, every role has a lane, a rung is a thread through the lanes of those
// who hear of it. Plain SVG without script or font; the colours of the reader's light or dark mode. Nothing but the policy decides
// what stands where.

const WIDTH = 1000;
const LEFT = 142;
const RIGHT = 46;
const TOP = 128;
const LANE = 46;
const OPENED_ROOM = 62;
/** Days are drawn closer together the further they lie from the due day, so that the first ones after it do not crowd. */
const POWER = 0.58;

const STYLE = `
    .ground { fill: #fdfdfb } .lane { fill: #f3f3ee } .late { fill: #c0392b; opacity: .06 } .frame { fill: none; stroke: #d9d9d2 }
    .ink { fill: #22262b } .soft { fill: #6a7078 } .rule { stroke: #b9bcb8; fill: none } .due { stroke: #22262b; fill: none }
    .none { --tone: #66707c } .green { --tone: #217a4b } .yellow { --tone: #a8690a } .red { --tone: #bf2f25 }
    .fill { fill: var(--tone) } .thread { stroke: var(--tone); fill: none } .hollow { fill: #fdfdfb; stroke: var(--tone) }
    .sheet { fill: #fffef8; stroke: #3c4650 } .line { stroke: #3c4650; fill: none } .copy { stroke-dasharray: 2 1.6 }
    .seal { fill: none; stroke: #bf2f25 } .sealed { fill: #bf2f25 }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #15181c } .lane { fill: #1d2126 } .late { fill: #ff7a6b; opacity: .09 } .frame { stroke: #363c44 }
      .ink { fill: #e9ebee } .soft { fill: #a2a9b2 } .rule { stroke: #545b64 } .due { stroke: #e9ebee }
      .none { --tone: #a3adb9 } .green { --tone: #5fc48e } .yellow { --tone: #e5b04a } .red { --tone: #ff8175 }
      .hollow { fill: #15181c } .sheet { fill: #2a3038; stroke: #d6dbe1 } .line { stroke: #d6dbe1 }
      .seal { stroke: #ff8175 } .sealed { fill: #ff8175 }
    }`;

/** The picture of a ladder as an SVG document, about 1000 wide. `title` stands above it and names it for a screen reader. */
export function ladderPicture(ladder: Ladder, title: string): string {
  const lanes = lanesOf(ladder);
  const x = scaleOf(ladder);
  const bottom = TOP + lanes.length * LANE;
  const y = (role: Audience): number => TOP + (lanes.indexOf(role) + 0.5) * LANE;
  const due = x(0);
  const body = [
    `<rect class="ground" width="${WIDTH}" height="${bottom + 142}" rx="10"/>`,
    text(24, 36, title, 'ink', { size: 20, weight: 600 }),
    text(24, 58, '每条竖线是一档：有标记的人收到这一档的通知；要发文书的，画出由谁签发、送给谁。', 'soft', { size: 13 }),
    ...lanes.map((role, index) => laneOf(role, index)),
    `<rect class="late" x="${due}" y="${TOP}" width="${WIDTH - RIGHT + 22 - due}" height="${bottom - TOP}"/>`,
    `<rect class="frame" x="24" y="${TOP}" width="${WIDTH - RIGHT - 2}" height="${bottom - TOP}"/>`,
    axis(ladder, x, bottom),
    ...ladder.map((rung, index) => thread(rung, { index, x, y, lanes })),
    legend(bottom + 88),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 142}" width="${WIDTH}" height="${bottom + 142}" role="img" aria-labelledby="title about" font-family="'Noto Sans CJK SC', 'Microsoft YaHei', 'PingFang SC', sans-serif">
  <title id="title">${escape(title)}</title>
  <desc id="about">${escape(ladder.map((rung) => `${rung.label}：${describeAudience(rung.audience)}`).join('；'))}</desc>
  <style>${STYLE}
  </style>
  ${body.join('\n  ')}
</svg>
`;
}

/** Everybody who hears, signs or gets a paper: the holder first, then in the order of the roles. */
function lanesOf(ladder: Ladder): Audience[] {
  const met = new Set<Audience>(
    ladder.flatMap(({ audience, paper }) => [...audience, ...(paper ? [paper.issuer, paper.addressee, ...paper.copyTo] : [])]),
  );
  return (['holder', ...(Object.keys(roles) as Role[])] as const).filter((role) => met.has(role));
}

type Scale = (amount: number) => number;

/** Where an amount of days stands; the opening, which lies anywhere before, has a place of its own at the left. */
function scaleOf(ladder: Ladder): Scale {
  const amounts = ladder.flatMap((rung) => [amountOf(rung.offset), lastOf(rung)]).filter(Number.isFinite);
  const [first, last] = [Math.min(0, ...amounts), Math.max(1, ...amounts)];
  const bent = (amount: number): number => Math.sign(amount) * Math.abs(amount) ** POWER;
  const start = LEFT + OPENED_ROOM + 22;
  const unit = (WIDTH - RIGHT - start) / (bent(last) - bent(first));
  return (amount) => round(Number.isFinite(amount) ? start + (bent(amount) - bent(first)) * unit : LEFT + 26);
}

/** A rung that comes again reaches one repetition further. */
const lastOf = ({ offset, repeatEveryWorkdays = 0 }: Rung): number => amountOf(offset) + repeatEveryWorkdays;

function laneOf(role: Audience, index: number): string {
  const top = TOP + index * LANE;
  const band = index % 2 === 0 ? `<rect class="lane" x="24" y="${top}" width="${WIDTH - RIGHT - 2}" height="${LANE}"/>` : '';
  return band + text(36, top + LANE / 2 + 5, describeAudience([role]), 'ink', { size: 14 });
}

function axis(ladder: Ladder, x: Scale, bottom: number): string {
  const due = x(0);
  const broken = LEFT + OPENED_ROOM - 2;
  const ticks = ladder.flatMap((rung) =>
    [tickOf(rung), ...(rung.repeatEveryWorkdays === undefined ? [] : [`+${lastOf(rung)}…`])].map((label, again) => ({
      label,
      at: x(again === 0 ? amountOf(rung.offset) : lastOf(rung)),
    })),
  );
  return [
    `<path class="rule" stroke-width="1.4" d="M${x(-Infinity)} ${bottom + 12}H${broken}m-3 5l6 -10m2 10l6 -10M${broken + 8} ${bottom + 12}H${WIDTH - RIGHT + 22}m-7 -4l7 4l-7 4"/>`,
    ...ticks.map(
      ({ at, label }) =>
        `<path class="rule" stroke-width="1.4" d="M${at} ${bottom + 8}v8"/>${text(at, bottom + 32, label, 'soft', { size: 12, middle: true })}`,
    ),
    `<path class="due" stroke-width="2" d="M${due} ${TOP - 8}V${bottom + 18}"/>`,
    text(due, bottom + 32, '到期日', 'ink', { size: 12, weight: 600, middle: true }),
    text((x(-Infinity) + due) / 2, bottom + 52, '到期以前按日历日', 'soft', { size: 12, middle: true }),
    text((due + WIDTH - RIGHT) / 2, bottom + 52, '到期以后按工作日', 'soft', { size: 12, middle: true }),
  ].join('');
}

function tickOf({ offset }: Rung): string {
  if (offset === 'opened') return '产生时';
  const amount = amountOf(offset);
  const unit = 'days' in offset === amount < 0 ? '' : 'days' in offset ? '日' : '工作日';
  return amount < 0 ? `提前${-amount}${unit === '' ? '日' : unit}` : `+${amount}${unit}`;
}

interface Place {
  readonly index: number;
  readonly x: Scale;
  readonly y: (role: Audience) => number;
  readonly lanes: readonly Audience[];
}

/** A rung: its name, the line through the lanes, a mark for each who hears, the paper and its seal, the repetition. */
function thread(rung: Rung, { index, x, y, lanes }: Place): string {
  const at = x(amountOf(rung.offset));
  const touched = lanes.filter((role) => rung.audience.includes(role)).map(y);
  const name = TOP - (index % 2 === 0 ? 34 : 14);
  const { paper, repeatEveryWorkdays, tone } = rung;
  const again = repeatEveryWorkdays === undefined ? '' : repetition(rung, { x, heights: touched });
  const sheets = paper
    ? [seal(at, y(paper.issuer)), sheet(at, y(paper.addressee), true), ...paper.copyTo.map((role) => sheet(at, y(role), false))]
    : [];
  return [
    `<g class="${tone}">`,
    `<path class="thread" stroke-width="1.5" opacity=".45" d="M${at} ${name + 5}V${Math.min(...touched)}"/>`,
    `<path class="thread" stroke-width="1.5" d="M${at} ${Math.min(...touched)}V${Math.max(...touched)}"/>`,
    text(at, name, rung.label, 'fill', { size: 13, weight: 600, middle: true }),
    ...touched.map((height) => mark(tone, at, height)),
    again,
    `</g>`,
    ...sheets,
  ].join('');
}

function repetition(rung: Rung, { x, heights }: { readonly x: Scale; readonly heights: readonly number[] }): string {
  const [from, to] = [x(amountOf(rung.offset)), x(lastOf(rung))];
  const arcs = heights.map(
    (height) =>
      `<path class="thread" stroke-width="1.5" stroke-dasharray="4 3" d="M${from + 9} ${height}H${to - 12}m-5 -4l5 4l-5 4"/><circle class="hollow" stroke-width="1.6" cx="${to}" cy="${height}" r="6"/>`,
  );
  return `${arcs.join('')}${text((from + to) / 2, Math.min(...heights) - 9, `每${rung.repeatEveryWorkdays}个工作日`, 'fill', { size: 11, middle: true })}`;
}

/** A shape for each tone, the one that the mails put beside the word: colour never speaks alone. */
function mark(tone: Tone, x: number, y: number): string {
  switch (tone) {
    case 'red':
      return `<circle class="fill" cx="${x}" cy="${y}" r="6.5"/>`;
    case 'yellow':
      return `<path class="fill" d="M${x} ${y - 8}l8 14h-16z"/>`;
    case 'green':
      return `<circle class="hollow" stroke-width="2.2" cx="${x}" cy="${y}" r="6"/>`;
    case 'none':
      return `<path class="hollow" stroke-width="2" d="M${x} ${y - 7.5}l7.5 7.5l-7.5 7.5l-7.5 -7.5z"/>`;
  }
}

/** A page with a folded corner, right of the thread: whom a paper goes to, dashed for a copy. */
function sheet(x: number, y: number, main: boolean): string {
  const [left, top] = [round(x + 12), round(y - 10)];
  return `<path class="sheet${main ? '' : ' copy'}" stroke-width="1.3" d="M${left} ${top}h10l5 5v15h-15z"/><path class="line" stroke-width="1.1" d="M${left + 10} ${top}v5h5${main ? `M${left + 3} ${top + 10}h9m-9 3.5h9m-9 3.5h6` : ''}"/>`;
}

/** A square seal: who signs a paper. */
function seal(x: number, y: number): string {
  const [left, top] = [round(x + 12), round(y - 8)];
  return `<rect class="seal" stroke-width="1.8" x="${left}" y="${top}" width="16" height="16" rx="2"/><path class="sealed" d="M${left + 4} ${top + 4}h3v8h-3zM${left + 9} ${top + 4}h3v3.4h-3zM${left + 9} ${top + 8.6}h3v3.4h-3z"/>`;
}

function legend(y: number): string {
  const tones: readonly Tone[] = ['none', 'green', 'yellow', 'red'];
  const signs = [
    ...tones.map((tone) => ({
      sign: (x: number) => `<g class="${tone}">${mark(tone, x, y)}</g>`,
      word: toneLabels[tone],
      room: 36 + 18 * toneLabels[tone].length,
    })),
    { sign: (x: number) => seal(x - 20, y), word: '签发文书', room: 96 },
    { sign: (x: number) => sheet(x - 20, y, true), word: '主送', room: 68 },
    { sign: (x: number) => sheet(x - 20, y, false), word: '抄送', room: 68 },
    {
      sign: (x: number) => `<g class="red"><circle class="hollow" stroke-width="1.6" cx="${x}" cy="${y}" r="6"/></g>`,
      word: '重复',
      room: 68,
    },
  ];
  let x = 34;
  const drawn = signs.map(({ sign, word, room }) => {
    const one = sign(x) + text(x + 15, y + 5, word, 'ink', { size: 13 });
    x += room;
    return one;
  });
  return `${drawn.join('')}${text(24, y + 34, '文书由系统拟稿，有人签发才送达；通知不等签发，按期照发。应办事项一经办结，以后各档都不再发生。', 'soft', { size: 13 })}`;
}

interface Type {
  readonly size: number;
  readonly weight?: number;
  readonly middle?: boolean;
}

const text = (x: number, y: number, words: string, name: string, { size, weight = 400, middle = false }: Type): string =>
  words === ''
    ? ''
    : `<text class="${name}" x="${round(x)}" y="${round(y)}" font-size="${size}"${weight === 400 ? '' : ` font-weight="${weight}"`}${middle ? ' text-anchor="middle"' : ''}>${escape(words)}</text>`;

const round = (value: number): number => Math.round(value * 10) / 10;
const escape = (words: string): string => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
