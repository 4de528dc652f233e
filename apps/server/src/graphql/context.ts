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
  | 'quotas'
  | 'rerating'
  | 'chargeRules'
  | 'promotions'
  | 'charges'
  | 'alerts'
  | 'webhooks'
  | 'audit'
  | 'attempts'
  | 'reviewPrices'
>

/** The context of resolvers. Each request has its own, by which loaders cache what they load. */
export interface GraphQLContext {
  /** Always set: an operation without a key is rejected before execution, unless it only reads the schema. */
  readonly viewer: Viewer
  readonly tollgate: Services
  /** The id in log lines about the request. */
  readonly requestId?: string | undefined
  /** The address that the request came from. */
  readonly address?: string | undefined
  /** The program that sent the request. Defaults to the header of `request`. */
  readonly userAgent?: string | undefined
  readonly request?: Pick<Request, 'headers'> | undefined
  /** The sources of subscriptions. Undefined for queries and mutations. */
  readonly live?: Pick<Live, 'source'>
}
