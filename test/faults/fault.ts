import type { FaultyServer } from './faulty-server.ts'
import type { Installation } from './installation.ts'
import type { ScheduledFault } from './schedule.ts'

/** A fault that has begun. */
export interface RunningFault {
  /** What it did, for the report. */
  readonly did: string
  /** Ends it. Nothing else is repaired. */
  end(): Promise<void>
}

/** Begins a fault. */
export type Inject = (parts: { installation: Installation; server: FaultyServer; fault: ScheduledFault }) => Promise<RunningFault>
