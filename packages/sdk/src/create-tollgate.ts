import { InvalidInput, metadataOf, metadataScope, withMetadata } from '@tollgate/metadata'
import { inputIssues, type InputRules } from '@tollgate/tokens/input'
import { followAlerts } from './alerts/follow-alerts.ts'
import { checkOptions } from './check-options.ts'
import { deliverySettings, inBounds } from './delivery/delivery-settings.ts'
import { createOutbox } from './delivery/outbox.ts'
import { createResilience } from './delivery/resilience.ts'
import { checkInput } from './engine/check-input.ts'
import { callIdOf } from './engine/call-id.ts'
import { timeText } from './engine/read-input.ts'
import { EngineFailure, TollgateError } from './errors.ts'
import type { CallRecord } from './model/call-record.ts'
import { globalOpenTelemetry } from './open-telemetry/global-open-telemetry.ts'
import { systemPlatform } from './platform.ts'
import { enforceQuotas, reserve } from './quota/enforce-quotas.ts'
import type { OpenReservations } from './quota/quota-dependencies.ts'
import { type RemoteEngine, remoteEngine } from './remote/remote-engine.ts'
import type { Tollgate, UsageQueryInput } from './tollgate.ts'
import type { EngineCall, TollgateEngine } from './tollgate-engine.ts'
import type { TollgateOptions } from './tollgate-options.ts'
import { recordCalls } from './tracking/record-calls.ts'
import { trackBulk } from './tracking/track-bulk.ts'
import { trackUsage } from './tracking/track-usage.ts'
import { aiCallOf, computeActionOf, computeOf } from './tracking/track-user-usage.ts'
import { warnOnce } from './warn-once.ts'

const DECISION_TIMEOUT_MS = { default: 2_000, min: 1, max: 600_000 }
const DEFAULT_FLUSH_TIMEOUT_MS = 30_000
const DEFAULT_CLOSE_TIMEOUT_MS = 10_000

const QUERIES = {
  usage: { range: 'object', filter: 'object?', series: 'object?', breakdown: 'object?', tenantId: 'text?' } satisfies InputRules<UsageQueryInput>,
  range: { from: 'anything', to: 'anything' } satisfies InputRules<UsageQueryInput['range']>,
  wallet: { customerId: 'text?', tenantId: 'text?' } satisfies InputRules<{ readonly customerId?: string; readonly tenantId?: string }>,
  quotaStatus: { tenantId: 'text?' } satisfies InputRules<{ readonly tenantId?: string }>,
  timeout: { timeoutMs: 'number?' } satisfies InputRules<{ readonly timeoutMs?: number }>,
}

/** Creates a client. It connects when it is first used. Throws `InvalidInput` for an option that cannot be right. */
export function createTollgate(options: TollgateOptions): Tollgate {
  checkOptions(options)
  const platform = { ...systemPlatform, ...options.platform }
  const settings = deliverySettings(options)
  const engine: TollgateEngine & Partial<Pick<RemoteEngine, 'query'>> = options.engine ?? remoteEngine({ url: options.url, apiKey: options.apiKey, platform })
  const tenantId = options.tenantId ?? undefined
  const spool = options.spool ?? undefined
  const decisionTimeoutMs = inBounds('decisionTimeoutMs', options.decisionTimeoutMs, DECISION_TIMEOUT_MS)
  const defaults = metadataOf(options.defaults ?? {})
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
    whenUnavailable: options.whenUnavailable ?? 'allow',
    open,
    onError,
  }
  const ask = <Result>(tenant: string | undefined, question: (call: EngineCall) => Promise<Result>) =>
    quotas.settling.execute(signal => question({ signal, tenantId: tenant ?? tenantId }))
  /** Tracking never rejects, so what is wrong with a call is the reason in its receipt. */
  const recordMade = (make: () => CallRecord) => {
    try {
      return tollgate.record(make())
    } catch (error) {
      return record.reject(error)
    }
  }
  /** `flush` and `close` never reject: a wrong option is reported, and the default applies. */
  const timeoutOf = (given: { readonly timeoutMs?: number } | undefined, timeoutMs: number) => {
    const issues = given ? inputIssues(QUERIES.timeout, given) : []
    if (issues.length > 0) onError(new InvalidInput(issues))
    return issues.length > 0 ? timeoutMs : (given?.timeoutMs ?? timeoutMs)
  }
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
    trackCompute: action => recordMade(() => computeOf(action)),
    trackBulk: calls => trackBulk({ recorder: tollgate, outbox, settings }, calls),
    trackAiUsage: usage => recordMade(() => aiCallOf(usage)),
    trackComputeUsage: usage => recordMade(() => computeActionOf(usage)),

    async enforceQuota(metric, amount, given = {}) {
      const { operation, ...rest } = given
      const { results } = await enforceQuotas(quotas, [{ metric, amount, operation }], rest)
      const [result] = results
      if (result === undefined) throw new EngineFailure('UNAVAILABLE', 'Tollgate answered without a result.')
      return result
    },
    enforceQuotas: (requests, rest) => enforceQuotas(quotas, requests, rest),
    reserve: (requests, rest) => reserve(quotas, requests, rest),

    run: withMetadata,
    scope: metadataScope,

    async usage(input) {
      checkInput(QUERIES.usage, input)
      checkInput(QUERIES.range, input.range, 'range')
      const { tenantId: tenant, range, ...query } = input
      const report = { ...query, range: { from: timeText('range.from', range.from), to: timeText('range.to', range.to) } }
      return ask(tenant, call => engine.usage(report, call))
    },
    async quotaStatus(query = {}) {
      checkInput(QUERIES.quotaStatus, query)
      return ask(query.tenantId, call => engine.quotaStatus(call))
    },
    async wallet(query = {}) {
      checkInput(QUERIES.wallet, query)
      return ask(query.tenantId, call => engine.wallet(query.customerId, call))
    },
    async query(operation, variables) {
      const { query } = engine
      if (query === undefined) throw new TollgateError('NO_SERVER', 'query sends GraphQL to a server. With an engine in the same process, call its packages.')
      return quotas.settling.execute(signal => query(operation, variables, signal))
    },
    onAlert: (listener, following = {}) => followAlerts({ engine, platform, onError }, listener, { tenantId, ...following }),

    async flush(given) {
      await outbox.flush(timeoutOf(given, DEFAULT_FLUSH_TIMEOUT_MS))
      return tollgate.stats()
    },
    async close(given) {
      if (!closed) {
        closed = true
        await outbox.close(timeoutOf(given, DEFAULT_CLOSE_TIMEOUT_MS)).catch(onError)
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
