import { type Decimal, ZERO } from '@tollgate/kernel'
import { readAmount } from '@tollgate/kernel/input'
import type { QuotaRequest } from '@tollgate/quotas'

/** Returns the sum of the amounts of credits; null if none is known. Invalid amounts are ignored here: quotas reject them. */
export function requestedCredits(requests: readonly QuotaRequest[]): Decimal | null {
  let sum: Decimal | null = null
  for (const request of requests) {
    if (request.metric === 'credits') sum = (sum ?? ZERO).plus(creditsOf(request) ?? ZERO)
  }
  return sum
}

/** Returns the amount of a request for credits; null if it is unknown or invalid. */
export function creditsOf({ amount }: QuotaRequest): Decimal | null {
  if (amount === null) return null
  const value = readAmount(amount)
  return value === undefined || value.isNegative() ? null : value
}
