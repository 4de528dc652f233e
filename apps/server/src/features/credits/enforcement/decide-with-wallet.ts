import type { Wallet } from '@tollgate/credits'
import { Decimal, ZERO } from '@tollgate/kernel'
import type { QuotaDecision, QuotaRequest, QuotaResult } from '@tollgate/quotas'
import { creditsOf } from './requested-credits.ts'

/** Returns what a decision may take of a wallet, overdraft included; null for no limit. */
export function spendableOf({ whenEmpty }: Wallet['terms'], available: Decimal): Decimal | null {
  if (whenEmpty.kind === 'allow') return null
  return whenEmpty.kind === 'overdraft' ? available.plus(whenEmpty.limit) : available
}

/** Adds the decision of a wallet to that of quotas: both must allow. `spendable` is what the wallet could give before it; null for no limit. */
export function decideWithWallet({ allowed, degraded, results }: QuotaDecision, requests: readonly QuotaRequest[], spendable: Decimal | null): QuotaDecision {
  if (spendable === null) return { allowed, degraded, results }
  let left = spendable
  const decided = results.map((result, i): QuotaResult => {
    const request = requests[i]
    if (request?.metric !== 'credits') return result
    const amount = creditsOf(request) ?? ZERO
    if (amount.gt(left)) return refusedByWallet(result, left)
    left = left.minus(amount)
    return result
  })
  return { allowed: decided.every(result => result.allowed), degraded, results: decided }
}

/** Decides while no wallet can be read: a request for credits without a quota, which would say what to do, is refused. */
export function decideWithoutWallet({ allowed, results }: QuotaDecision): QuotaDecision {
  const decided = results.map((result): QuotaResult => {
    if (result.metric !== 'credits' || result.policy !== null || !result.allowed) return result
    return { ...result, allowed: false, refusal: 'store_failure' }
  })
  return { allowed: allowed && decided.every(result => result.allowed), degraded: true, results: decided }
}

/** The wallet is named as what refuses, unless a quota refuses too: a quota says when to try again. */
function refusedByWallet(result: QuotaResult, spendable: Decimal): QuotaResult {
  if (!result.allowed) return result
  return {
    ...result,
    allowed: false,
    refusal: 'too_few_credits',
    policy: null,
    limit: null,
    used: null,
    reserved: null,
    remaining: Decimal.max(spendable, ZERO),
    resetsAt: null,
    retryAfterMs: null,
  }
}
