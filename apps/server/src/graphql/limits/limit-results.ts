import { ComplexityErrorKind, type ComplexityPluginOptions } from '@pothos/plugin-complexity'
import type { GraphQLContext } from '../context.ts'
import { QueryTooLarge } from '../errors/query-too-large.ts'
import { MAX_COMPLEXITY, MAX_DEPTH } from './query-limits.ts'

const LIMITS = { depth: MAX_DEPTH, complexity: MAX_COMPLEXITY }
const NO_LIMITS = {}

/** Options of Pothos's complexity plugin, which rejects operations whose result can be too deep or too large before they read anything. */
export const RESULT_LIMITS = {
  limit: (context: Pick<GraphQLContext, 'isWithinLimits'>) => (context.isWithinLimits === true ? NO_LIMITS : LIMITS),
  defaultListMultiplier: 10,
  complexityError: (kind: ComplexityErrorKind, { depth, complexity }: { depth: number; complexity: number }) =>
    kind === ComplexityErrorKind.Depth ? QueryTooLarge.depth(depth, MAX_DEPTH) : QueryTooLarge.complexity(complexity, MAX_COMPLEXITY),
} satisfies ComplexityPluginOptions<never>

/** Returns whether a result is neither too deep nor too large. */
export function isWithinLimits({ depth, complexity }: { readonly depth: number; readonly complexity: number }): boolean {
  return depth <= MAX_DEPTH && complexity <= MAX_COMPLEXITY
}

/** Throws `QueryTooLarge` for a result that can be too deep or too large. */
export function requireResultWithinLimits({ depth, complexity }: { readonly depth: number; readonly complexity: number }): void {
  if (depth > MAX_DEPTH) throw QueryTooLarge.depth(depth, MAX_DEPTH)
  if (complexity > MAX_COMPLEXITY) throw QueryTooLarge.complexity(complexity, MAX_COMPLEXITY)
}
