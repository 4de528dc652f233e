import type { InputIssue } from './input-issues.ts'
import { TOKEN_POOLS, type TokenPool } from './token-pools.ts'
import { hasRareTokens, type TokenUsageInput, totalTokens } from './token-usage.ts'

/**
 * Returns what is wrong with a token usage; empty if it is valid. Every pool and the total must be whole numbers from 0 to
 * 2^53 - 1, because larger numbers cannot count single tokens. Paths are "tokens.input" for a pool, and "tokens" for the total.
 */
export function checkTokenUsage(tokens: TokenUsageInput): readonly InputIssue[] {
  const unknown = unknownPools(tokens)
  return unknown === NO_ISSUES ? checkTokenCounts(tokens) : [...unknown, ...checkTokenCounts(tokens)]
}

/** Returns what is wrong with the counts of a token usage whose pools are known. Much faster, for those that were checked before. */
export function checkTokenCounts(tokens: TokenUsageInput): readonly InputIssue[] {
  if (!hasRareTokens(tokens) && hasFrequentCounts(tokens) && totalTokens(tokens) <= Number.MAX_SAFE_INTEGER) return NO_ISSUES
  const issues = TOKEN_POOLS.filter(pool => !isCount(tokens[pool])).map(pool => ({
    path: `tokens.${pool}`,
    message: `must be a whole number from 0 to 2^53 - 1, not ${describe(tokens[pool])}`,
  }))
  if (issues.length > 0) return issues
  return totalTokens(tokens) <= Number.MAX_SAFE_INTEGER ? NO_ISSUES : [{ path: 'tokens', message: 'the pools sum to more than 2^53 - 1' }]
}

const POOLS: ReadonlySet<string> = new Set(TOKEN_POOLS)
/** Maximum number of issues of unknown pools, so that a hostile input does not get a long answer. */
const MAX_UNKNOWN = 10
/** Maximum length of a name in an issue. */
const MAX_NAME_LENGTH = 64

/** A misspelt pool must not be lost silently. */
function unknownPools(tokens: TokenUsageInput): readonly InputIssue[] {
  let issues: InputIssue[] | undefined
  for (const name in tokens) {
    if (POOLS.has(name) || tokens[name as TokenPool] === undefined) continue
    issues ??= []
    if (issues.length < MAX_UNKNOWN) issues.push({ path: `tokens.${printable(name)}`, message: 'is not a token pool' })
  }
  return issues ?? NO_ISSUES
}

/** Makes a name from a client short, and safe to print and store. */
function printable(name: string): string {
  const short = name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name
  return short.replaceAll('\0', '\uFFFD').toWellFormed()
}

// Shared, because this runs for every event and nearly all are valid.
const NO_ISSUES: readonly InputIssue[] = []

/** Whether every frequent pool has a valid count, or none. Written out, as in `completeTokenUsage`. */
function hasFrequentCounts(tokens: TokenUsageInput): boolean {
  return (
    isCount(tokens.input) &&
    isCount(tokens.output) &&
    isCount(tokens.cacheRead) &&
    isCount(tokens.cacheWrite5m) &&
    isCount(tokens.cacheWrite1h) &&
    isCount(tokens.reasoning) &&
    isCount(tokens.audioInput) &&
    isCount(tokens.audioOutput) &&
    isCount(tokens.imageInput) &&
    isCount(tokens.imageOutput)
  )
}

function isCount(count: number | null | undefined): boolean {
  return count === undefined || count === null || (Number.isSafeInteger(count) && count >= 0)
}

const MAX_DIGITS = 60

/**
 * Describes a number by its value, and anything else by its type, because the value may be long. A number of more digits than a
 * JavaScript number holds is an object of `JSON.rawJSON`.
 */
function describe(count: unknown): string {
  if (typeof count === 'number') return String(count)
  if (typeof count !== 'object') return `a ${typeof count}`
  const digits = count !== null && 'rawJSON' in count ? count.rawJSON : undefined
  return typeof digits === 'string' ? digits.slice(0, MAX_DIGITS) : 'an object'
}
