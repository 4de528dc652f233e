import { builder } from '../../../../graphql/builder.ts'
import { QuotaPlanRef } from './quota-plan.ts'

builder.queryField('quotaPlans', t =>
  t.field({
    type: [QuotaPlanRef],
    authScopes: { $all: { operator: true, can: 'quotas:read' } },
    description: 'All quota plans, built-in and published, ordered by name. Requires an operator key.',
    resolve: async (_root, _args, { tollgate }) => [...(await tollgate.quotas.plans())],
  }),
)
