import { agenda, dayStart } from '../../domain/issue/agenda';
import { obligations } from '../../domain/issue/obligations';
import { addWorkdays } from '../../domain/calendar';
import { closed, underReview, underWay , rules} from './support';
import { instant , addDays, dateOf, addMonths, localDate, fromMillis} from '../../domain/time';
import { forecast } from '../../domain/issue/forecast';
it('x', () => {
  underReview();
  const time = (n: string, f: () => unknown, k = 500) => { const t = performance.now(); for (let i = 0; i < k; i++) f(); out.push(n + ' us ' + String(Math.round((performance.now() - t) / k * 1000))); };
  const out: string[] = [];
  const l = underWay(); const d = localDate('2026-05-01'); const at = instant('2026-05-01T00:00Z');
  time('closed', closed, 20);
  for (let i = 0; i < 3; i++) {
  time('agenda', () => agenda(l.state, l.context, at));
  time('obligations', () => obligations(l.state, l.context));
  time('dayStart', () => dayStart(d, 'R'));
  time('addDays', () => addDays(d, 5));
  time('dateOf', () => dateOf(at));
  time('addWorkdays', () => addWorkdays(rules.calendar, d, 45));
  time('fromMillis', () => fromMillis(100000));
  time('forecast', () => forecast(l.state, l.context, instant('2027-05-01T00:00Z')), 3);
  }
  console.log(out.join('\n'));
});
