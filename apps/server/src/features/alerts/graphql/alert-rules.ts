import { builder } from '../../../graphql/builder.ts'
import { AlertRuleRef } from './alert-rule.ts'

builder.queryField('alertRules', t =>
  t.field({
    type: [AlertRuleRef],
    authScopes: { $all: { operator: true, can: 'usage:read' } },
    description: 'When alerts are raised: every rule, switched on or not. For operators.',
    resolve: async (_root, _args, { tollgate }) => [...(await tollgate.alerts.rules())],
  }),
)
