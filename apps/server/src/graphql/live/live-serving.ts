import type { Authenticator } from '@tollgate/accounts'
import type { Clock } from '@tollgate/kernel'
import type { Logger } from 'pino'
import type { Live } from '../../live/live.ts'
import { createKeyGuard, type KeyGuard } from './key-guard.ts'
import { createLiveOperations, type LiveOperations } from './live-operations.ts'

/** What serves subscriptions, shared by all transports of a process. */
export interface LiveServing {
  readonly live: Pick<Live, 'source'>
  readonly operations: LiveOperations
  readonly guard: KeyGuard
  /** Ends subscriptions whose key is no longer valid or whose client does not read. Runs by itself every few seconds. */
  check(): Promise<void>
  /** Checks every key at once, because one was revoked. */
  keysRevoked(): void
  /** Ends all subscriptions and accepts no new ones. */
  stop(): void
}

/** What serving subscriptions depends on. */
export interface LiveServingOptions {
  readonly live: Pick<Live, 'source'>
  readonly authenticator: Authenticator
  readonly clock: Clock
  readonly logger: Logger
}

const CHECK_EVERY_MS = 5_000

/** Starts serving subscriptions. */
export function createLiveServing({ live, authenticator, clock, logger }: LiveServingOptions): LiveServing {
  const guard = createKeyGuard({ authenticator, clock })
  const operations = createLiveOperations({ guard, clock })
  const check = async () => {
    operations.check()
    await guard.check()
  }
  const failed = (error: unknown) => logger.error({ err: error }, 'Subscriptions could not be checked.')
  const checking = setInterval(() => void check().catch(failed), CHECK_EVERY_MS).unref()
  return {
    live,
    operations,
    guard,
    check,
    keysRevoked: () => void guard.checkAll().catch(failed),
    stop() {
      clearInterval(checking)
      operations.stop()
    },
  }
}
