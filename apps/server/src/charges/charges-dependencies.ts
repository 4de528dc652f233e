import type { Accounts } from '@tollgate/accounts'
import type { ChargeRules, Promotions } from '@tollgate/charges'
import type { Pricing } from '@tollgate/pricing'
import type { Rerating, Usage } from '@tollgate/usage'

/** What charges are worked out from. */
export interface ChargesDependencies {
  readonly usage: Usage
  readonly rerating: Rerating
  readonly pricing: Pricing
  readonly chargeRules: ChargeRules
  readonly promotions: Pick<Promotions, 'standings'>
  readonly accounts: Pick<Accounts, 'tenantsByIds'>
}
