import type { WalletStatus } from '@tollgate/credits'
import { checkMetadata } from '@tollgate/metadata'
import { Decimal, isDomainError, Temporal, tenantScope } from '@tollgate/kernel'
import type { DimensionValues, QuotaDecision, QuotaRequest, QuotaUsage } from '@tollgate/quotas'
import {
  EngineFailure,
  type EngineCall,
  type QuotaQuestion,
  type TollgateEngine,
  type UsageEventInput,
  type UsageReportQuery,
  type Wallet,
} from '@tollgate/sdk'
import { averageCostPerCall, errorRate, type Dimension, type Usage, type UsageEventDraft, type UsageMeasures } from '@tollgate/usage'
import { consumedThisMonth } from '../../apps/server/src/features/credits/consumed-this-month.ts'
import { ReservationId } from '../../apps/server/src/features/quotas/ids.ts'
import type { Tollgate } from '../../apps/server/src/tollgate.ts'

/** What an engine in the same process works with. */
export interface InProcessEngineOptions extends Pick<Tollgate, 'usage' | 'quotas' | 'credits' | 'accounts' | 'clock'> {
  /** Tenant of calls that name none. */
  readonly tenantId: string
}

const NOTHING_DONE = new Set(['OVERLOADED', 'USAGE_STOPPED', 'POLICIES_UNSETTLED'])
const TRANSIENT = new Set([...NOTHING_DONE, 'STORE_UNAVAILABLE'])

/** The engine of a client that uses the packages in its own process. */
export function inProcessEngine({ tenantId, ...tollgate }: InProcessEngineOptions): TollgateEngine {
  const { usage, quotas, credits } = tollgate
  const tenantOf = (call: EngineCall) => call.tenantId ?? tenantId
  return {
    track: (events, call) =>
      asEngineFailure(async () => {
        const tracked = await usage.track({ tenantId: tenantOf(call), events: events.map(draftOf) })
        return tracked.map(result => ({
          outcome: upper(result.outcome),
          reason: result.reason,
          invalidFields: 'issues' in result ? result.issues.map(({ path }) => path) : [],
        }))
      }),
    enforce: (question, call) =>
      asEngineFailure(async () =>
        decisionOf(
          await quotas.enforce({ ...askedOf(question), tenantId: tenantOf(call), consume: question.consume, idempotencyKey: question.idempotencyKey }),
        ),
      ),
    reserve: (question, call) =>
      asEngineFailure(async () => {
        const { reservation, ...decision } = await quotas.reserve({ ...askedOf(question), tenantId: tenantOf(call), ttlSeconds: question.ttlSeconds })
        return {
          decision: decisionOf(decision),
          reservation: reservation && { id: ReservationId.encode(reservation.id), expiresAt: reservation.expiresAt.toString() },
        }
      }),
    settle: (id, actual, call) =>
      asEngineFailure(async () => {
        await quotas.settle({ reservationId: ReservationId.decode(id), scope: tenantScope(tenantOf(call)), actual: actual?.map(requestOf) })
      }),
    release: (id, call) =>
      asEngineFailure(async () => {
        await quotas.release({ reservationId: ReservationId.decode(id), scope: tenantScope(tenantOf(call)) })
      }),
    extend: (id, ttlSeconds, call) =>
      asEngineFailure(async () =>
        (await quotas.extend({ reservationId: ReservationId.decode(id), scope: tenantScope(tenantOf(call)), ttlSeconds })).expiresAt.toString(),
      ),
    usage: (query, call) => asEngineFailure(() => reportOf(usage, query, tenantOf(call))),
    quotaStatus: call =>
      asEngineFailure(async () => {
        const { plan, anyExceeded, quotas: all } = await quotas.status({ tenantId: tenantOf(call) })
        return { plan, anyExceeded, quotas: all.map(quotaOf) }
      }),
    wallet: (customerId, call) =>
      asEngineFailure(async () => {
        const found = await credits.wallet({ tenantId: tenantOf(call), customerId })
        return found === undefined ? null : walletOf(found, await consumedThisMonth(tollgate, found.wallet))
      }),
    async *quotaAlerts(after, call) {
      const scope = tenantScope(tenantOf(call))
      let cursor = after ?? (await quotas.lastAlertCursor())
      while (!call.signal.aborted) {
        const alerts = await quotas.alerts(scope, { after: cursor, first: 100 })
        for (const alert of alerts) {
          cursor = alert.cursor
          yield {
            ...alert,
            metric: upper(alert.metric),
            window: upper(alert.window),
            scope: alert.scope.map(upper),
            scopeValue: alert.scopeValue,
            threshold: alert.threshold.toFixed(),
            used: alert.used.toFixed(),
            limit: alert.limit.toFixed(),
            occurredAt: alert.occurredAt.toString(),
          } as never
        }
        if (alerts.length === 0) await new Promise(resolve => setTimeout(resolve, 20))
      }
    },
  }
}

async function asEngineFailure<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!isDomainError(error)) throw error
    const retryAfterMs = 'retryAfterMs' in error ? (error.retryAfterMs as number) : undefined
    throw new EngineFailure(TRANSIENT.has(error.code) ? 'UNAVAILABLE' : 'REFUSED', error.message, {
      cause: error,
      retryAfterMs,
      nothingDone: NOTHING_DONE.has(error.code),
    })
  }
}

function draftOf({ occurredAt, status, quantity, reportedCost, credits, units, ...event }: UsageEventInput): UsageEventDraft {
  return {
    ...event,
    occurredAt: typeof occurredAt === 'string' ? Temporal.Instant.from(occurredAt) : undefined,
    status: typeof status === 'string' ? lower(status) : undefined,
    quantity: typeof quantity === 'string' ? new Decimal(quantity) : undefined,
    reportedCost: typeof reportedCost === 'string' ? new Decimal(reportedCost) : undefined,
    credits: typeof credits === 'string' ? new Decimal(credits) : undefined,
    units: units?.map(unit => ({ ...unit, quantity: new Decimal(unit.quantity) })),
  } as UsageEventDraft
}

function requestOf({ metric, amount, operation }: QuotaQuestion['requests'][number]): QuotaRequest {
  return { metric: lower(metric), amount, operation }
}

function askedOf({ requests, metadata, provider, model }: QuotaQuestion): { requests: QuotaRequest[]; dimensions: DimensionValues } {
  const { customerId, organizationId, productId, featureId, subscriptionTier, environment, taskType, sessionId } = checkMetadata(metadata as never).metadata
  return {
    requests: requests.map(requestOf),
    dimensions: {
      provider,
      model,
      environment,
      taskType,
      customer: customerId,
      organization: organizationId,
      product: productId,
      feature: featureId,
      tier: subscriptionTier,
      session: sessionId,
    },
  }
}

function decisionOf({ allowed, degraded, results }: QuotaDecision) {
  return {
    allowed,
    degraded,
    results: results.map(({ metric, operation, allowed: fits, refusal, limit, used, reserved, remaining, resetsAt, retryAfterMs }) => ({
      metric: upper(metric),
      operation,
      allowed: fits,
      refusal: refusal && upper(refusal),
      limit: limit?.toFixed() ?? null,
      used: used?.toFixed() ?? null,
      reserved: reserved?.toFixed() ?? null,
      remaining: remaining?.toFixed() ?? null,
      resetsAt: resetsAt?.toString() ?? null,
      retryAfterMs,
    })),
  }
}

function quotaOf({ policy, scopeValue, limit, used, reserved, remaining, percentage, exceeded, resetsAt }: QuotaUsage) {
  return {
    metric: upper(policy.metric),
    operation: policy.operation,
    window: upper(policy.window),
    scope: policy.scope.map(upper) as never[],
    scopeValue,
    limit: limit?.toFixed() ?? null,
    used: used.toFixed(),
    reserved: reserved.toFixed(),
    remaining: remaining?.toFixed() ?? null,
    percentage: percentage?.toFixed() ?? null,
    exceeded,
    resetsAt: resetsAt.toString(),
    enforcement: upper(policy.enforcement),
    source: upper(policy.source),
  } as never
}

function walletOf({ wallet, balance, grants }: WalletStatus, currentMonthConsumed: Decimal): Wallet {
  return {
    id: wallet.id,
    customerId: wallet.customerId,
    balance: balance.toFixed(),
    available: wallet.balances.available.toFixed(),
    reserved: wallet.balances.reserved.toFixed(),
    consumed: wallet.balances.consumed.toFixed(),
    currentMonthConsumed: currentMonthConsumed.toFixed(),
    grants: grants.map(({ id, amount, remaining, held, source, priority, effectiveAt, expiresAt }) => ({
      id,
      amount: amount.toFixed(),
      remaining: remaining.toFixed(),
      held: held.toFixed(),
      source: upper(source),
      priority,
      effectiveAt: effectiveAt.toString(),
      expiresAt: expiresAt?.toString() ?? null,
    })),
  }
}

async function reportOf(usage: Usage, { range, filter, series, breakdown }: UsageReportQuery, tenantId: string) {
  const [from, to] = [range.from, range.to].map(time => Temporal.Instant.from(time))
  if (from === undefined || to === undefined) throw new Error('A range has two ends.')
  const report = usage.report(tenantScope(tenantId), { range: { from, to }, filter: filter as never })
  const options = { latency: true }
  const points = series && (await report.series({ ...options, granularity: lower(series.granularity), timeZone: series.timeZone ?? 'UTC' }))
  const groups = breakdown && (await report.breakdown({ ...options, by: breakdown.by.map(name => camel(name)), first: breakdown.first ?? 20 }))
  return {
    totals: measuresOf(await report.totals(options)),
    ...(points && { series: points.map(({ start, measures }) => ({ start: start.toString(), measures: measuresOf(measures) })) }),
    ...(groups && {
      breakdown: groups.map(({ key, measures }) => ({
        key: key.map(({ value }, index) => ({ dimension: breakdown.by[index] ?? 'TENANT', value })),
        measures: measuresOf(measures),
      })),
    }),
  }
}

function measuresOf(measures: UsageMeasures) {
  const { latency, tokens } = measures
  return {
    ...measures,
    errorRate: errorRate(measures),
    cost: measures.cost.toFixed(),
    averageCostPerCall: averageCostPerCall(measures)?.toFixed() ?? null,
    tokens: Object.fromEntries(Object.entries(tokens).map(([pool, count]) => [pool, Number(count)])) as never,
    latencyMs: latency && { average: latency.averageMs, p50: latency.p50Ms, p95: latency.p95Ms, p99: latency.p99Ms },
  }
}

const upper = <Text extends string>(text: Text) => text.toUpperCase() as Uppercase<Text>
const lower = <Text extends string>(text: Text) => text.toLowerCase() as Lowercase<Text>
const camel = (name: string) => lower(name).replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as Dimension
