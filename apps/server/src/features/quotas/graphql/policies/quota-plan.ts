import type { QuotaPlan } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { QuotaFailureModeRef } from './policy-enums.ts'
import { QuotaPolicyRef } from './quota-policy.ts'

/** The quotas of a tier. */
export const QuotaPlanRef = builder.objectRef<QuotaPlan>('QuotaPlan').implement({
  description: 'The quotas of a tier. Tenants whose tier has no plan of that name get the plan "default".',
  fields: t => ({
    name: t.exposeString('name', { description: 'The tier.' }),
    unlisted: t.expose('unlisted', { type: QuotaFailureModeRef, description: 'What happens to requests for metrics that have no quota.' }),
    policies: t.field({ type: [QuotaPolicyRef], description: 'The limits of the plan.', resolve: ({ policies }) => [...policies] }),
  }),
})
