import type { Clock } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/kernel/postgres'
import { ensurePartitions } from '@tollgate/usage/postgres'
import type { Log } from './log.ts'

const EVERY_MS = 6 * 60 * 60 * 1_000

/** Makes partitions ahead now, and again a few times a day for as long as the server runs. */
export async function keepPartitionsAhead({ database, clock, log }: { database: PostgresDatabase; clock: Clock; log: Log }): Promise<Disposable> {
  await ensurePartitions(database, clock.now())
  const timer = setInterval(() => {
    ensurePartitions(database, clock.now()).catch((error: unknown) => log.warn({ err: error }, 'Partitions could not be made ahead; it is tried again later.'))
  }, EVERY_MS)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
