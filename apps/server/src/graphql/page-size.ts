import { InvalidInput } from '@tollgate/kernel'

/** How long a page is by default, and at the most. */
export interface PageLimits {
  readonly default: number
  readonly max: number
}

/** Checks the `first` of a list; null and undefined are the default. */
export function pageSize(first: number | null | undefined, limits: PageLimits): number {
  const size = first ?? limits.default
  if (size < 1 || size > limits.max) throw new InvalidInput([{ path: 'first', message: `must be from 1 to ${limits.max}, not ${size}` }])
  return size
}

/** What a list of this length counts in complexity: its fields, once for each item. */
export function pageComplexity(limits: PageLimits): (args: { first?: number | null | undefined }) => { field: number; multiplier: number } {
  return ({ first }) => ({ field: 1, multiplier: Math.min(Math.max(first ?? limits.default, 1), limits.max) })
}
