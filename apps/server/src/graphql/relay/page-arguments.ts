import type { ArgBuilder } from '@pothos/core'
import type { PageSizeLimits } from '@tollgate/kernel'
import type { builder } from '../builder.ts'

/** Returns the arguments of a list that is read in pages. */
export function pageArguments(arg: ArgBuilder<typeof builder.$inferSchemaTypes>, limits: PageSizeLimits) {
  return {
    first: arg.int({ description: `Maximum number of items, 1 to ${limits.max}. Defaults to ${limits.default}.` }),
    after: arg.string({ description: 'Return items after this cursor.' }),
  }
}
