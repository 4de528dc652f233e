import { InvalidInput } from '@tollgate/kernel'
import type { Dimension } from '@tollgate/usage'

/** Checks the dimensions to group usage by. Throws `InvalidInput` for sessions, which only quotas can use. */
export function groupedBy(dimensions: readonly (Dimension | 'session')[]): readonly Dimension[] {
  return dimensions.map((dimension, i) => {
    if (dimension === 'session') throw new InvalidInput([{ path: `by.${i}`, message: 'must not be SESSION: usage is not summed by session' }])
    return dimension
  })
}
