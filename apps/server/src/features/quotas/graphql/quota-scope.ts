import { InvalidInput } from '@tollgate/kernel'
import { QUOTA_DIMENSIONS, type QuotaDimension } from '@tollgate/quotas'
import type { Dimension } from '@tollgate/usage'

/** The dimensions that a quota is to count by. Throws `InvalidInput` for those by which only usage is grouped. */
export function quotaScope(dimensions: readonly (Dimension | 'session')[] | null | undefined, path = 'scope'): readonly QuotaDimension[] {
  return (dimensions ?? []).map((dimension, i) => {
    const known = QUOTA_DIMENSIONS.find(name => name === dimension)
    if (known === undefined) throw new InvalidInput([{ path: `${path}.${i}`, message: `must not be ${dimension.toUpperCase()}: no quota counts by it` }])
    return known
  })
}
