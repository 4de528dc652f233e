import { InvalidInput } from '@tollgate/kernel'
import type { Dimension } from '@tollgate/usage'

/** The dimensions that usage is to be grouped by. Throws `InvalidInput` for sessions, by which only quotas count. */
export function groupedBy(dimensions: readonly (Dimension | 'session')[], path = 'by'): readonly Dimension[] {
  return dimensions.map((dimension, i) => {
    if (dimension === 'session') throw new InvalidInput([{ path: `${path}.${i}`, message: 'must not be SESSION: usage keeps no sums by session' }])
    return dimension
  })
}
