import { ComplexityErrorKind, type ComplexityPluginOptions } from '@pothos/plugin-complexity'
import { QueryTooLarge } from '../errors/query-too-large.ts'
import { MAX_COMPLEXITY, MAX_DEPTH } from './query-limits.ts'

/** Options of Pothos's complexity plugin, which rejects operations whose result can be too deep or too large before they read anything. */
export const RESULT_LIMITS = {
  limit: { depth: MAX_DEPTH, complexity: MAX_COMPLEXITY },
  defaultListMultiplier: 10,
  complexityError: (kind: ComplexityErrorKind, { depth, complexity }: { depth: number; complexity: number }) =>
    kind === ComplexityErrorKind.Depth ? QueryTooLarge.depth(depth, MAX_DEPTH) : QueryTooLarge.complexity(complexity, MAX_COMPLEXITY),
} satisfies ComplexityPluginOptions<never>

/** Throws `QueryTooLarge` for a result that can be too deep or too large. */
export function requireResultWithinLimits({ depth, complexity }: { readonly depth: number; readonly complexity: number }): void {
  if (depth > MAX_DEPTH) throw QueryTooLarge.depth(depth, MAX_DEPTH)
  if (complexity > MAX_COMPLEXITY) throw QueryTooLarge.complexity(complexity, MAX_COMPLEXITY)
}
