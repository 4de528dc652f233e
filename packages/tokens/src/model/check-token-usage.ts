import { TOKEN_POOLS } from './token-pools.ts'
import type { TokenUsageInput } from './token-usage.ts'

/** A problem of a pool (`path` is `"tokens.input"`) or of the total (`"tokens"`). */
export interface TokenUsageIssue {
  readonly path: string
  readonly message: string
}

/**
 * Returns what is wrong with a token usage; empty if it is valid. Every pool and the total must be whole numbers from 0 to
 * 2^53 - 1, because larger numbers cannot count single tokens.
 */
export function checkTokenUsage(tokens: TokenUsageInput): readonly TokenUsageIssue[] {
  let issues: TokenUsageIssue[] | undefined
  let total = 0
  for (const pool of TOKEN_POOLS) {
    const count = tokens[pool]
    if (count === undefined || count === null) continue
    if (Number.isSafeInteger(count) && count >= 0) total += count
    else (issues ??= []).push({ path: `tokens.${pool}`, message: `must be a whole number from 0 to 2^53 - 1, not ${describe(count)}` })
  }
  if (issues) return issues
  return total <= Number.MAX_SAFE_INTEGER ? NO_ISSUES : [{ path: 'tokens', message: 'the pools sum to more than 2^53 - 1' }]
}

// Shared, because this runs for every event and nearly all are valid.
const NO_ISSUES: readonly TokenUsageIssue[] = []

/** Describes a number by its value, and anything else by its type, because the value may be long. */
function describe(count: unknown): string {
  return typeof count === 'number' ? String(count) : `a ${typeof count}`
}
