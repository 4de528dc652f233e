import { Decimal } from '@tollgate/kernel'
import type { GrantShare } from '../../model/reservation.ts'

/** Shares as JSON: pairs of grant and amount. */
export type SharesJson = readonly (readonly [grantId: string | null, amount: string])[]

/** Returns shares as JSON. */
export function sharesJson(shares: readonly GrantShare[]): SharesJson {
  return shares.map(({ grantId, amount }) => [grantId, amount.toFixed()])
}

/** Reads shares. */
export function readSharesJson(json: SharesJson): readonly GrantShare[] {
  return json.map(([grantId, amount]) => ({ grantId, amount: new Decimal(amount) }))
}
