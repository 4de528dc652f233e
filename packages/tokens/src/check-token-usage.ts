import { TOKEN_POOLS, type TokenUsageInput } from './token-usage.ts'

/** One thing wrong with one pool. `path` is as the client wrote it: `"tokens.input"`, or `"tokens"` for the total. */
export interface TokenUsageIssue {
  readonly path: string
  readonly message: string
}

/**
 * What keeps a token usage from being recorded: every pool must be a whole number from 0 to 2^53 - 1, and so must the
 * total, because beyond that a number no longer counts single tokens. Empty when nothing is wrong.
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
  return total <= Number.MAX_SAFE_INTEGER ? NOTHING_WRONG : [{ path: 'tokens', message: 'the pools sum to more than 2^53 - 1' }]
}

// Shared, since nearly every event is fine and this is asked for each.
const NOTHING_WRONG: readonly TokenUsageIssue[] = []

/** The value itself where it is a number; its type otherwise, so that nothing of unknown length is repeated. */
function describe(count: unknown): string {
  return typeof count === 'number' ? String(count) : `a ${typeof count}`
}
