/** Totals of a call, and the parts that a provider may or may not include in them. */
export interface ReportedTotals {
  readonly input: number
  readonly output: number
  /** Cache reads and writes. */
  readonly cached: number
  readonly reasoning: number
  /** The provider's own total of all tokens, if it reports one. */
  readonly total?: number | undefined
  /** Whether reasoning is not in the output, if the counts do not tell. */
  readonly excludesReasoning?: boolean
}

/** Totals that include the cache and the reasoning. */
export interface WholeTotals {
  readonly input: number
  readonly output: number
  readonly reasoning: number
}

/**
 * Makes `input` include the cache and `output` include the reasoning, whichever way the provider counts. A part that is
 * larger than its total is not in it. Otherwise the provider's own total tells, and without one, the part is included.
 * Tokens that are in that total only are thoughts that the provider hides, as Google's OpenAI-compatible endpoint does.
 * They are billed as output.
 */
export function reconcileTotal({ input, output, cached, reasoning, total, excludesReasoning = false }: ReportedTotals): WholeTotals {
  const isWhole = (extra: number) => total === input + output + extra
  const none = isWhole(0)
  const cacheIsExtra = cached > input || (!none && !isWhole(reasoning) && (isWhole(cached) || isWhole(cached + reasoning)))
  const wholeInput = cacheIsExtra ? input + cached : input
  const reasoningIsExtra = reasoning > output || (total === undefined ? excludesReasoning : total === wholeInput + output + reasoning)
  const wholeOutput = reasoningIsExtra ? output + reasoning : output
  const hidden = Math.max(0, (total ?? 0) - wholeInput - wholeOutput)
  return { input: wholeInput, output: wholeOutput + hidden, reasoning: reasoning + hidden }
}
