import type { Viewer } from '@tollgate/accounts'
import type { Tollgate } from '../tollgate.ts'
import type { Live } from '../live/live.ts'

/** What the schema is served from. */
export type Services = Pick<
  Tollgate,
  'usage' | 'pricing' | 'accounts' | 'quotas' | 'rerating' | 'chargeRules' | 'promotions' | 'charges' | 'alerts' | 'webhooks' | 'reviewPrices'
>

/** What every resolver is handed. One a request: loaders keep what they loaded by it. */
export interface GraphQLContext {
  /** Always there: an operation without a key is stopped before it is executed, unless it only looks at the schema. */
  readonly viewer: Viewer
  readonly tollgate: Services
  /** For subscriptions: queries and mutations have none. */
  readonly live?: Pick<Live, 'of'>
}
