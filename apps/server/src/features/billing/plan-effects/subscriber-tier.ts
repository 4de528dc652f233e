import { phaseAt } from '@tollgate/invoicing'
import { postgresSubscriptionStore } from '@tollgate/invoicing/postgres'
import { InvalidInput, type Issue, type TenantClock, type Transaction } from '@tollgate/kernel'
import { joinTransaction, postgresTransaction } from '@tollgate/postgres'

/** The fields of a tenant that its subscription decides. */
interface SubscribedTenant {
  readonly id: string
  readonly tier: string | null
  readonly billingAnchorDay: number
}

/** Reads tenants in a transaction. */
type ReadTenants = (ids: readonly string[], transaction: Transaction) => Promise<readonly SubscribedTenant[]>

/**
 * Throws `InvalidInput` if the update of a tenant changes what its subscription decides: the tier and the day on which billing
 * periods start. Runs in the transaction of the update, with the tenant before it.
 */
export async function keepSubscriberTier(
  { read, clock }: { readonly read: ReadTenants; readonly clock: TenantClock },
  before: SubscribedTenant,
  transaction: Transaction,
): Promise<void> {
  const [after] = await read([before.id], transaction)
  if (after === undefined) return
  const issues: Issue[] = []
  if (after.tier !== before.tier)
    issues.push({ path: 'tier', message: 'is set by the subscription of the tenant; change the plan of the subscription instead' })
  if (after.billingAnchorDay !== before.billingAnchorDay)
    issues.push({ path: 'billingAnchorDay', message: 'is set by the subscription of the tenant, and cannot change before the subscription ends' })
  if (issues.length === 0) return
  const { database } = joinTransaction(postgresTransaction(transaction))
  const subscription = (await postgresSubscriptionStore(database).ofTenant(before.id)).at(-1)
  if (subscription !== undefined && phaseAt(subscription, clock.now(before.id)) !== null) throw new InvalidInput(issues)
}
