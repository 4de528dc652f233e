import type { NotificationListener } from '@tollgate/postgres'
import type { Clock } from '@tollgate/kernel'
import type { Tollgate } from '../tollgate.ts'
import type { UsageSignals } from '../features/usage/live/usage-signals.ts'
import type { Log } from '../observability/log.ts'

/** A source of subscriptions. Each process opens it once, and all its subscribers share it. */
export interface LiveSource<Opened extends object> {
  open(dependencies: LiveDependencies): Promise<Opened & { stop(): Promise<void> }>
}

/** What live sources depend on. */
export interface LiveDependencies {
  readonly tollgate: Tollgate
  readonly signals: UsageSignals
  readonly listener: NotificationListener
  readonly clock: Clock
  readonly log: Log
}
