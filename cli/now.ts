import { dateOf, type Instant, type LocalDate } from '../domain/time';
import type { Database } from '../ledger/database';
import { worldInstant } from '../ledger/world';
import { wallClock } from '../platform/clock';

/** The deployment's clock: wall time, or the world instant of a demo that was moved. */
export const nowOf = async (database: Database): Promise<Instant> => (await worldInstant(database)) ?? (await wallClock.now());

export const todayOf = async (database: Database): Promise<LocalDate> => dateOf(await nowOf(database));
