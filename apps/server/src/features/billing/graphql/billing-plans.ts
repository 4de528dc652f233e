import { builder } from '../../../graphql/builder.ts'
import { BillingPlanRef } from './billing-plan.ts'

builder.queryField('billingPlans', t =>
  t.field({
    type: [BillingPlanRef],
    authScopes: { can: 'billing:read' },
    complexity: { field: 1, multiplier: 10 },
    description: 'Plans that tenants can subscribe to, by rank and name. Requires the scope "billing:read".',
    args: { allVersions: t.arg.boolean({ description: 'Return all versions. Defaults to false: the latest version of each plan.' }) },
    resolve: async (_root, { allVersions }, { tollgate }) => [...(await tollgate.billingPlans.list({ allVersions: allVersions ?? false }))],
  }),
)
