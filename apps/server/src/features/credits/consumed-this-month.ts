import type { Wallet } from '@tollgate/credits'
import { Decimal, periodContaining, tenantScope, ZERO } from '@tollgate/kernel'
import type { Tollgate } from '../../tollgate.ts'

/** Returns what a wallet consumed since the start of the month, in the time zone of its tenant. */
export async function consumedThisMonth(
  { credits, accounts, clock }: Pick<Tollgate, 'credits' | 'accounts' | 'clock'>,
  { tenantId, customerId, balances }: Wallet,
): Promise<Decimal> {
  const [tenant] = await accounts.tenantsByIds(tenantScope(tenantId), [tenantId])
  const before = await credits.consumedBefore({ tenantId, customerId }, periodContaining(clock.now(), 'month', tenant?.timeZone ?? 'UTC').from)
  return Decimal.max(balances.consumed.minus(before), ZERO)
}
