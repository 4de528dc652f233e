import type { builder } from '../../../../graphql/builder.ts'
import { DimensionRef } from '../../../usage/graphql/usage-enums.ts'
import { QuotaMetricRef, QuotaWindowRef } from './policy-enums.ts'

/** The fields of an input object, as the schema builder passes them. */
export type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0]

/** Input fields that name one limit of a tenant or plan. */
export function limitKeyFields(t: InputFields) {
  return {
    metric: t.field({ type: QuotaMetricRef, required: true, description: 'The metric to limit.' }),
    operation: t.string({ description: 'The operation to limit. Defaults to all operations.' }),
    window: t.field({ type: QuotaWindowRef, required: true, description: 'The period to count usage over.' }),
    sliding: t.boolean({
      description: 'True for a sliding window, which always covers the last minute, hour, day or week. Defaults to false: a calendar window.',
    }),
    scope: t.field({
      type: [DimensionRef],
      description:
        'Up to four dimensions, except STATUS and TENANT. Each combination of their values has its own limit. Defaults to one limit for the whole tenant.',
    }),
  }
}
