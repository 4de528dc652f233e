import { InvalidInput } from '@tollgate/kernel'
import { QUOTA_DIMENSIONS, type QuotaDimension } from '@tollgate/quotas'
import type { Dimension } from '@tollgate/usage'

/** Returns the dimensions as a quota scope. Throws `InvalidInput` for dimensions that only usage has. */
export function quotaScope(dimensions: readonly (Dimension | 'session')[] | null | undefined, path = 'scope'): readonly QuotaDimension[] {
  return (dimensions ?? []).map((dimension, i) => {
    const known = QUOTA_DIMENSIONS.find(name => name === dimension)
    if (known === undefined) {
      throw new InvalidInput([{ path: `${path}.${i}`, message: `must not be ${dimension.toUpperCase()}: quotas cannot be scoped by it` }])
    }
    return known
  })
}
