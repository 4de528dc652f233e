import type { Credits } from '@tollgate/credits'
import type { ConsumedCreditsReader } from '@tollgate/invoicing/billing'
import { Decimal, ZERO } from '@tollgate/kernel'

/** Reads the credits that a tenant's own wallet consumed, by the time when they were recorded. Corrections can give some back. */
export function consumedCredits(credits: Pick<Credits, 'consumedBefore'>): ConsumedCreditsReader {
  return {
    consumed: (tenantId, periods) =>
      Promise.all(
        periods.map(async ({ from, to }) => {
          const [before, after] = await Promise.all([credits.consumedBefore({ tenantId }, from), credits.consumedBefore({ tenantId }, to)])
          return Decimal.max(ZERO, after.minus(before))
        }),
      ),
  }
}
