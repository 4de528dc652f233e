import type { Operation } from '../model/operation.ts'
import {
  ENFORCE_QUOTAS,
  EXTEND_RESERVATION,
  QUOTA_ALERTS,
  QUOTA_STATUS,
  RELEASE_RESERVATION,
  RESERVE_QUOTAS,
  SETTLE_RESERVATION,
  TRACK_USAGE,
  USAGE,
  WALLET,
} from '../model/operations.ts'
import type { QuotaAlert, TollgateEngine, UsageReportQuery } from '../tollgate-engine.ts'
import { createGraphQLClient, type GraphQLClientOptions } from './graphql-client.ts'
import { readEventStream } from './read-event-stream.ts'
import { type ExpectedError, readExpectedError, readFailure } from './read-failure.ts'

/** The engine that is a server. */
export interface RemoteEngine extends TollgateEngine {
  /** Sends an operation of your own, such as a document of GraphQL Code Generator, and returns its data. */
  query<Result, Variables>(operation: Operation<Result, Variables>, variables: Variables, signal: AbortSignal): Promise<Result>
}

/** Creates the engine of a server. */
export function remoteEngine(options: GraphQLClientOptions): RemoteEngine {
  const client = createGraphQLClient(options)
  return {
    async track(events, { signal, tenantId }) {
      const { trackUsage } = await client.send(TRACK_USAGE, { input: { ...(tenantId !== undefined && { tenantId }), events } }, signal)
      return payload(trackUsage, 'TrackUsagePayload').results.map(({ outcome, reason, issues }) => ({
        outcome,
        reason,
        invalidFields: issues.map(({ path }) => path),
      }))
    },
    async enforce(question, { signal, tenantId }) {
      const { enforceQuotas } = await client.send(ENFORCE_QUOTAS, { input: { ...question, tenantId } }, signal)
      return payload(enforceQuotas, 'EnforceQuotasPayload').decision
    },
    async reserve({ requests, ttlSeconds, metadata, provider, model }, { signal, tenantId }) {
      const input = { requests, ttlSeconds, metadata, provider, model, tenantId }
      const { reserveQuotas } = await client.send(RESERVE_QUOTAS, { input }, signal)
      return payload(reserveQuotas, 'ReserveQuotasPayload')
    },
    async settle(id, actual, { signal }) {
      const { settleReservation } = await client.send(SETTLE_RESERVATION, { input: { id, actual } }, signal)
      payload(settleReservation, 'SettleReservationPayload')
    },
    async release(id, { signal }) {
      const { releaseReservation } = await client.send(RELEASE_RESERVATION, { input: { id } }, signal)
      payload(releaseReservation, 'ReleaseReservationPayload')
    },
    async extend(id, ttlSeconds, { signal }) {
      const { extendReservation } = await client.send(EXTEND_RESERVATION, { input: { id, ttlSeconds } }, signal)
      return payload(extendReservation, 'ExtendReservationPayload').reservation?.expiresAt ?? null
    },
    async usage(query, { signal, tenantId }) {
      return (await client.send(USAGE, { tenantId, ...reportVariables(query) }, signal)).usage
    },
    async quotaStatus({ signal, tenantId }) {
      return (await client.send(QUOTA_STATUS, { tenantId }, signal)).quotaStatus
    },
    async wallet(customerId, { signal, tenantId }) {
      return (await client.send(WALLET, { tenantId, customerId }, signal)).wallet
    },
    async *quotaAlerts(after, { signal, tenantId }): AsyncGenerator<QuotaAlert, undefined> {
      const stream = await client.open(QUOTA_ALERTS, { tenantId, after }, signal)
      for await (const { data, errors } of readEventStream<{ readonly quotaAlerts: QuotaAlert }>(stream)) {
        if (errors !== undefined) throw readFailure(new Response(null, { status: 200 }), errors)
        if (data !== undefined && data !== null) yield data.quotaAlerts
      }
    },
    query: (operation, variables, signal) => client.send(operation, variables, signal),
    clockOffsetMs: client.clockOffsetMs,
  }
}

type Member = { readonly __typename: string } & Partial<ExpectedError>

/** Returns the payload of a result, or throws the failure that its error means. */
function payload<Result extends Member, Name extends Result['__typename']>(result: Result, name: Name): Extract<Result, { readonly __typename: Name }> {
  if (result.__typename === name) return result as Extract<Result, { readonly __typename: Name }>
  throw readExpectedError({ code: '', message: `Tollgate answered with ${result.__typename}.`, ...result })
}

function reportVariables({ range, filter, series, breakdown }: UsageReportQuery) {
  return {
    range,
    filter,
    withSeries: series !== undefined,
    granularity: series?.granularity ?? ('DAY' as const),
    timeZone: series?.timeZone ?? 'UTC',
    withBreakdown: breakdown !== undefined,
    by: breakdown?.by ?? [],
    orderBy: breakdown?.orderBy ?? ('COST' as const),
    first: breakdown?.first ?? 20,
  }
}
