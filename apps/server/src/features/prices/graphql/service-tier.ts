import type { ServiceTier } from '@tollgate/pricing'
import { builder } from '../../../graphql/builder.ts'

/** How a call was served, where the provider charges by it. */
export const ServiceTierRef = builder.enumType('ServiceTier', {
  description: 'How a provider serves a call, where it charges differently for it.',
  values: {
    STANDARD: { value: 'standard', description: 'As usual.' },
    BATCH: { value: 'batch', description: 'Later and in bulk, for less.' },
    FLEX: { value: 'flex', description: 'When there is room, for less.' },
    PRIORITY: { value: 'priority', description: 'Before others, for more.' },
  } as const satisfies Record<Uppercase<ServiceTier>, { value: ServiceTier; description: string }>,
})
