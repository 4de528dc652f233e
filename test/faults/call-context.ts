import type { Ledger } from './ledger.ts'
import type { Random } from './random.ts'
import type { Sender } from './send-until-known.ts'
import type { LoadTenant } from './tenants.ts'

/** What one call of the load works with. */
export interface CallContext {
  readonly tenant: LoadTenant
  readonly sender: Sender
  readonly ledger: Ledger
  readonly random: Random
}
