import type { Command } from './guard';

/** A program the supervisor keeps running. */
export interface Service {
  /** Short, for file names: `postgres`. */
  readonly name: string;
  /** What a person calls it: `PostgreSQL`. */
  readonly label: string;
  /** On which it ends cleanly. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** How long a clean end may take before SIGKILL, milliseconds. */
  readonly graceMs: number;
  /** How long it may take until it is ready, milliseconds. */
  readonly startTimeoutMs: number;
  /** Called before every start, so that it can put right what a crash left behind. */
  command(): Promise<Command> | Command;
  /** Answers true when the service does its work; false or an error means: not yet. */
  isReady(): Promise<boolean>;
}

export type ServiceState = 'starting' | 'ready' | 'restarting' | 'stopped';

export interface ServiceStatus {
  readonly name: string;
  readonly label: string;
  readonly state: ServiceState;
  readonly pid: number | undefined;
  /** How often it died and was started again. */
  readonly restarts: number;
}
