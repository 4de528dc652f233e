import { InvalidInput } from '@tollgate/kernel'
import { QUOTA_DIMENSIONS, type QuotaDimension } from '@tollgate/quotas'
import type { Dimension } from '@tollgate/usage'
import type { builder } from '../../builder.ts'
import { DimensionRef } from '../usage/usage-enums.ts'

type Fields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0]

/** What a quota counts by, as a client says it. */
export interface ScopeInput {
  readonly scope?: readonly Dimension[] | null | undefined
  readonly perSession?: boolean | null | undefined
}

/** The fields of it. */
export function scopeFields(t: Fields) {
  return {
    scope: t.field({
      type: [DimensionRef],
      description:
        'Up to four dimensions, without STATUS and TENANT: each combination of their values has the limit for itself. The tenant as a whole where it is left out.',
    }),
    perSession: t.boolean({ description: 'True: each `metadata.sessionId` has the limit for itself, in each value of the scope.' }),
  }
}

/** The same as quotas take it. Throws `InvalidInput` for what usage is grouped by and quotas are not. */
export function toScope({ scope, perSession }: ScopeInput, path = ''): readonly QuotaDimension[] {
  const dimensions = (scope ?? []).map((dimension, i) => {
    const known = QUOTA_DIMENSIONS.find(name => name === dimension)
    if (known === undefined) throw new InvalidInput([{ path: `${path}scope.${i}`, message: `must not be ${dimension.toUpperCase()}: no quota counts by it` }])
    return known
  })
  return perSession === true ? [...dimensions, 'session'] : dimensions
}
