import type { Authenticator } from '@tollgate/accounts'
import type { Clock } from '@tollgate/kernel'
import type { Logger } from 'pino'
import type { Live } from '../../live/live.ts'
import { createKeyGuard, type KeyGuard } from './key-guard.ts'
import { createLiveOperations, type LiveOperations } from './live-operations.ts'

/** What subscriptions are served with, the same over every transport of a process. */
export interface LiveServing {
  readonly live: Pick<Live, 'of'>
  readonly operations: LiveOperations
  readonly guard: KeyGuard
  /** Ends what must end by now: its key no longer holds, or its consumer does not read. The server does it every few seconds by itself. */
  check(): Promise<void>
  /** Ends every subscription with the reason, and takes no more. */
  stop(): void
}

/** What it is made of. */
export interface LiveServingOptions {
  readonly live: Pick<Live, 'of'>
  readonly authenticator: Authenticator
  readonly clock: Clock
  readonly logger: Logger
}

const CHECK_EVERY_MS = 5_000

/** Begins to look after subscriptions. */
export function createLiveServing({ live, authenticator, clock, logger }: LiveServingOptions): LiveServing {
  const guard = createKeyGuard({ authenticator, clock })
  const operations = createLiveOperations({ guard, clock })
  const check = async () => {
    operations.check()
    await guard.check()
  }
  const checking = setInterval(() => {
    check().catch((error: unknown) => logger.error({ err: error }, 'Subscriptions could not be checked.'))
  }, CHECK_EVERY_MS).unref()
  return {
    live,
    operations,
    guard,
    check,
    stop() {
      clearInterval(checking)
      operations.stop()
    },
  }
}
