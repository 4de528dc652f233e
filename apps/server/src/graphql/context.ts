import type { IncomingMessage } from 'node:http'
import type { Viewer } from '@tollgate/accounts'
import type { Tollgate } from '../tollgate.ts'
import type { Live } from '../live/live.ts'

/** The services that resolvers use. */
export type Services = Pick<
  Tollgate,
  | 'usage'
  | 'pricing'
  | 'modelAliases'
  | 'priceFeed'
  | 'rateAlias'
  | 'accounts'
  | 'accessTokens'
  | 'sessions'
  | 'signInCodes'
  | 'quotas'
  | 'rerating'
  | 'chargeRules'
  | 'promotions'
  | 'charges'
  | 'alerts'
  | 'webhooks'
  | 'billing'
  | 'billingRuns'
  | 'payments'
  | 'collections'
  | 'documents'
  | 'mail'
  | 'credits'
  | 'billingPlans'
  | 'subscriptions'
  | 'clock'
  | 'testClocks'
  | 'advanceTestClock'
  | 'audit'
  | 'attempts'
  | 'reviewPrices'
  | 'checkOnly'
>

/** The context of resolvers. Each request has its own, by which loaders cache what they load. */
export interface GraphQLContext {
  /** Always set: an operation without a key is rejected before execution, unless it only reads the schema. */
  readonly viewer: Viewer
  readonly tollgate: Services
  /** The id in log lines about the request. */
  readonly requestId?: string | undefined
  /** The request over HTTP. Undefined over WebSockets, which make no changes. */
  readonly req?: Pick<IncomingMessage, 'headers' | 'socket'> | undefined
  /** Whether the result is known to be within the limits of results. */
  readonly isWithinLimits?: boolean
  /** The sources of subscriptions. Undefined for queries and mutations. */
  readonly live?: Pick<Live, 'source'>
}
