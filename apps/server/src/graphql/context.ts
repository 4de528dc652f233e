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
  /** The sources of subscriptions. Undefined for queries and mutations. */
  readonly live?: Pick<Live, 'source'>
}
