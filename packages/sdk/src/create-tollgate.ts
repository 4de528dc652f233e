import { metadataOf, metadataScope, withMetadata } from '@tollgate/metadata'
import { followAlerts } from './alerts/follow-alerts.ts'
import { deliverySettings, oneOf } from './delivery/delivery-settings.ts'
import { createOutbox } from './delivery/outbox.ts'
import { createResilience } from './delivery/resilience.ts'
import { callIdOf } from './engine/call-id.ts'
import { EngineFailure, TollgateError } from './errors.ts'
import type { CallRecord } from './model/call-record.ts'
import { globalOpenTelemetry } from './open-telemetry/global-open-telemetry.ts'
import { systemPlatform } from './platform.ts'
import { enforceQuotas, reserve } from './quota/enforce-quotas.ts'
import type { OpenReservations } from './quota/quota-dependencies.ts'
import { type RemoteEngine, remoteEngine } from './remote/remote-engine.ts'
import type { Tollgate } from './tollgate.ts'
import type { EngineCall, TollgateEngine } from './tollgate-engine.ts'
import type { TollgateOptions } from './tollgate-options.ts'
import { recordCalls } from './tracking/record-calls.ts'
import { trackBulk } from './tracking/track-bulk.ts'
import { trackUsage } from './tracking/track-usage.ts'
import { aiCallOf, computeActionOf } from './tracking/track-user-usage.ts'
import { warnOnce } from './warn-once.ts'

const DEFAULT_DECISION_TIMEOUT_MS = 2_000
const DEFAULT_FLUSH_TIMEOUT_MS = 30_000
const DEFAULT_CLOSE_TIMEOUT_MS = 10_000

/** Creates a client. It connects when it is first used. Throws for an option that cannot be right. */
export function createTollgate(options: TollgateOptions): Tollgate {
  const platform = { ...systemPlatform, ...options.platform }
  const settings = deliverySettings(options)
  const engine: TollgateEngine & Partial<Pick<RemoteEngine, 'query'>> = options.engine ?? remoteEngine({ url: options.url, apiKey: options.apiKey, platform })
  const { tenantId, spool, whenUnavailable = 'allow', decisionTimeoutMs = DEFAULT_DECISION_TIMEOUT_MS } = options
  for (const mode of typeof whenUnavailable === 'string' ? [whenUnavailable] : Object.values(whenUnavailable))
    oneOf('whenUnavailable', mode ?? 'allow', ['allow', 'deny'])
  const defaults = options.defaults === undefined ? {} : metadataOf(options.defaults)
  const onError = ignoringErrors(options.onError ?? warnOnce(platform.warn))
  const instrumentation = globalOpenTelemetry()
  const open: OpenReservations = new Map()
  const { random } = platform
  let closed = false

  const outbox = createOutbox({ engine, settings, spool, instrumentation, random, onError })
  const record = recordCalls({
    outbox,
    settings,
    spool,
    platform,
    defaults,
    tenantId,
    clockOffsetMs: () => engine.clockOffsetMs?.(),
    onError,
    isClosed: () => closed,
  })
  const protection = { ...settings, random }
  const quotas = {
    engine,
    // A decision must not keep its caller waiting: one retry, and only if nothing was counted or held.
    deciding: createResilience({ ...protection, timeoutMs: decisionTimeoutMs, retries: 1, canRetry: ({ nothingDone }) => nothingDone }),
    settling: createResilience({ ...protection, timeoutMs: settings.requestTimeoutMs }),
    instrumentation,
    platform,
    defaults,
    tenantId,
    whenUnavailable,
    open,
    onError,
  }
  const ask = <Result>(tenant: string | undefined, question: (call: EngineCall) => Promise<Result>) =>
    quotas.settling.execute(signal => question({ signal, tenantId: tenant ?? tenantId }))
  // Events that an earlier process left in the spool are sent without waiting for a call.
  outbox.wake()

  const tollgate: Tollgate = {
    clock: platform,
    record(call) {
      const receipt = record(call)
      // Callers without types can pass anything.
      const id = (call as CallRecord | null | undefined)?.reservationId
      if (typeof id === 'string') open.get(id)?.settledBy(receipt)
      return receipt
    },
    trackAiCall: call => tollgate.record(call),
    trackUsage: (operation, attributes = {}) => trackUsage(tollgate, operation, attributes, callIdOf(platform.nowMs(), platform.randomBytes(10))),
    trackCompute: action => tollgate.record(action),
    trackBulk: calls => trackBulk({ recorder: tollgate, outbox, settings }, calls),
    trackAiUsage: usage => tollgate.record(aiCallOf(usage)),
    trackComputeUsage: usage => tollgate.record(computeActionOf(usage)),

    async enforceQuota(metric, amount, { operation, ...rest } = {}) {
      const { results } = await enforceQuotas(quotas, [{ metric, amount, operation }], rest)
      const [result] = results
      if (result === undefined) throw new EngineFailure('UNAVAILABLE', 'Tollgate answered without a result.')
      return result
    },
    enforceQuotas: (requests, rest) => enforceQuotas(quotas, requests, rest),
    reserve: (requests, rest) => reserve(quotas, requests, rest),

    run: withMetadata,
    scope: metadataScope,

    usage: ({ tenantId: tenant, ...query }) => ask(tenant, call => engine.usage(query, call)),
    quotaStatus: (query = {}) => ask(query.tenantId, call => engine.quotaStatus(call)),
    wallet: (query = {}) => ask(query.tenantId, call => engine.wallet(query.customerId, call)),
    async query(operation, variables) {
      const { query } = engine
      if (query === undefined) throw new TollgateError('NO_SERVER', 'query sends GraphQL to a server. With an engine in the same process, call its packages.')
      return quotas.settling.execute(signal => query(operation, variables, signal))
    },
    onAlert: (listener, following = {}) => followAlerts({ engine, platform, onError }, listener, { tenantId, ...following }),

    async flush({ timeoutMs = DEFAULT_FLUSH_TIMEOUT_MS } = {}) {
      await outbox.flush(timeoutMs)
      return tollgate.stats()
    },
    async close({ timeoutMs = DEFAULT_CLOSE_TIMEOUT_MS } = {}) {
      if (!closed) {
        closed = true
        await outbox.close(timeoutMs).catch(onError)
      }
      return tollgate.stats()
    },
    stats: () => ({ ...outbox.stats(), clockOffsetMs: engine.clockOffsetMs?.(), spool: spool?.stats() }),
    [Symbol.asyncDispose]: async () => void (await tollgate.close()),
  }
  return tollgate
}

/** Reporting an error must not cause another one. */
function ignoringErrors(onError: (error: Error) => void): (error: Error) => void {
  return error => {
    try {
      onError(error)
    } catch {
      // The listener is at fault, and nobody else listens.
    }
  }
}
