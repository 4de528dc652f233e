import type { InputRules } from '@tollgate/tokens/input'
import { checkInput } from '../engine/check-input.ts'
import { invalid } from '../engine/read-input.ts'
import { createBackgroundTimer } from '../delivery/background-timer.ts'
import { retryDelayMs } from '../engine/retry-delay.ts'
import { EngineFailure } from '../errors.ts'
import type { Platform } from '../platform.ts'
import type { QuotaAlert, TollgateEngine } from '../tollgate-engine.ts'

/** Receives alerts. The next one waits for its promise. An error that it throws goes to `onError`, and the alert is not repeated. */
export type AlertListener = (alert: QuotaAlert) => void | Promise<void>

/** Alerts that are followed. */
export interface AlertSubscription extends Disposable {
  /** Cursor of the last alert that was received. Store it, and pass it as `after` to miss no alert over a restart. */
  readonly cursor: string | undefined
  close(): void
}

/** What to follow. */
export interface AlertOptions {
  /** Cursor to continue after. Defaults to alerts from now on. */
  readonly after?: string | undefined
  /** Tenant to follow. Only for operator keys, which follow all tenants if they omit it. */
  readonly tenantId?: string | undefined
}

/** What following works with. */
export interface AlertDependencies {
  readonly engine: TollgateEngine
  readonly platform: Platform
  readonly onError: (error: Error) => void
}

const OPTIONS: InputRules<AlertOptions> = { after: 'text?', tenantId: 'text?' }
const BASE_DELAY_MS = 500
/** From this attempt on, the delay does not grow. */
const MAX_GROWING_ATTEMPTS = 6

/** Follows alerts until it is closed. After a lost connection, it continues after the last alert. */
export function followAlerts({ engine, platform, onError }: AlertDependencies, listener: AlertListener, options: AlertOptions): AlertSubscription {
  if (typeof listener !== 'function') throw invalid('listener', 'must be a function')
  checkInput(OPTIONS, options)
  const { tenantId } = options
  const closing = new AbortController()
  let cursor = options.after ?? undefined
  let attempt = 0

  async function follow(): Promise<void> {
    for await (const alert of engine.quotaAlerts(cursor, { signal: closing.signal, tenantId })) {
      if (closing.signal.aborted) return
      attempt = 0
      try {
        await listener(alert)
      } catch (error) {
        onError(error as Error)
      }
      cursor = alert.cursor
    }
  }

  const timer = createBackgroundTimer(() => void run())
  async function run(): Promise<void> {
    let retryAfterMs: number | undefined
    try {
      await follow()
    } catch (error) {
      if (closing.signal.aborted) return
      onError(error as Error)
      if (error instanceof EngineFailure) ({ retryAfterMs } = error)
    }
    if (closing.signal.aborted) return
    attempt = Math.min(attempt + 1, MAX_GROWING_ATTEMPTS)
    timer.start(retryDelayMs({ attempt, baseMs: BASE_DELAY_MS, retryAfterMs, random: platform.random() }), { keepsProcessAlive: true })
  }
  void run()

  const close = () => {
    closing.abort()
    timer.stop()
  }
  return {
    get cursor() {
      return cursor
    },
    close,
    [Symbol.dispose]: close,
  }
}
