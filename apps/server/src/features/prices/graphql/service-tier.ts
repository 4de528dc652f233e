import type { ServiceTier } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'

/** Service tier of a call, for providers that charge differently for it. */
export const ServiceTierRef = builder.enumType('ServiceTier', {
  description: 'Service tier of a call, for providers that charge differently for it.',
  values: {
    STANDARD: { value: 'standard', description: 'The default.' },
    BATCH: { value: 'batch', description: 'Processed later and in bulk, at a lower price.' },
    FLEX: { value: 'flex', description: 'Processed when there is capacity, at a lower price.' },
    PRIORITY: { value: 'priority', description: 'Processed first, at a higher price.' },
  } as const satisfies Record<Uppercase<ServiceTier>, { value: ServiceTier; description: string }>,
})
