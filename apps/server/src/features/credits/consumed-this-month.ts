import type { Wallet } from '@tollgate/credits'
import { Decimal, periodContaining, ZERO } from '@tollgate/kernel'
import { tenantTimeZone } from './tenant-time-zone.ts'
import type { Tollgate } from '../../tollgate.ts'

/** Returns what a wallet consumed since the start of the month, in the time zone of its tenant. */
export async function consumedThisMonth(
  { credits, accounts, clock }: Pick<Tollgate, 'credits' | 'accounts' | 'clock'>,
  { tenantId, customerId, balances }: Wallet,
): Promise<Decimal> {
  const { from } = periodContaining(clock.now(tenantId), 'month', await tenantTimeZone(accounts, tenantId))
  const before = await credits.consumedBefore({ tenantId, customerId }, from)
  return Decimal.max(balances.consumed.minus(before), ZERO)
}
