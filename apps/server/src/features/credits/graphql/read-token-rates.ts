import type { CreditCostInput } from '@tollgate/credits'
import { type Decimal, InvalidInput, type Issue } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'

const POOLS: ReadonlySet<string> = new Set(TOKEN_POOLS)

interface TokenRatesInput {
  readonly perThousandTokens?: Decimal | null | undefined
  readonly perThousandTokensByPool?: readonly { readonly pool: string; readonly rate: Decimal }[] | null | undefined
}

/** Returns one rate for all tokens, or a rate for each pool. A rate of an unknown pool would never apply, so it is refused. */
export function readTokenRates({ perThousandTokens, perThousandTokensByPool: byPool }: TokenRatesInput): CreditCostInput['perThousandTokens'] {
  if (byPool === null || byPool === undefined) return perThousandTokens
  const issues: Issue[] = []
  if (perThousandTokens !== null && perThousandTokens !== undefined) {
    issues.push({ path: 'perThousandTokensByPool', message: 'cannot be combined with perThousandTokens' })
  }
  if (byPool.length === 0) issues.push({ path: 'perThousandTokensByPool', message: 'must name at least one pool of tokens' })
  const rates = new Map<string, Decimal>()
  for (const [i, { pool, rate }] of byPool.entries()) {
    const path = `perThousandTokensByPool[${i}]`
    if (!POOLS.has(pool)) issues.push({ path: `${path}.pool`, message: `is not a pool of tokens; these are ${TOKEN_POOLS.join(', ')}` })
    else if (rates.has(pool)) issues.push({ path: `${path}.pool`, message: `has a rate already: "${pool}" is named twice` })
    if (rate.lt(0)) issues.push({ path: `${path}.rate`, message: 'must be a decimal of 0 or more' })
    rates.set(pool, rate)
  }
  if (issues.length > 0) throw new InvalidInput(issues)
  return Object.fromEntries(rates)
}
