import type { QuotaPlan } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { QuotaOtherwiseRef } from './quota-enums.ts'
import { QuotaPolicyRef } from './quota-policy.ts'

/** The quotas of a tier. */
export const QuotaPlanRef = builder.objectRef<QuotaPlan>('QuotaPlan').implement({
  description: 'The quotas of a tier. Tenants whose tier has no plan of its name have the plan "default".',
  fields: t => ({
    name: t.exposeString('name', { description: 'The tier.' }),
    unlisted: t.expose('unlisted', { type: QuotaOtherwiseRef, description: 'What becomes of metrics that no quota is for.' }),
    policies: t.field({ type: [QuotaPolicyRef], description: 'Its quotas.', resolve: ({ policies }) => [...policies] }),
  }),
})

builder.queryField('quotaPlans', t =>
  t.field({
    type: [QuotaPlanRef],
    authScopes: { $all: { operator: true, can: 'quotas:read' } },
    description: 'Every plan of quotas: those that come with the program, and those that were published, by name. For operators.',
    resolve: async (_root, _args, { tollgate }) => [...(await tollgate.quotas.plans())],
  }),
)
