import { builder } from '../../../graphql/builder.ts'
import { AlertRuleRef } from './alert-rule.ts'

builder.queryField('alertRules', t =>
  t.field({
    type: [AlertRuleRef],
    authScopes: { $all: { operator: true, can: 'usage:read' } },
    description: 'Lists every alert rule, enabled or not. Operators only.',
    resolve: async (_root, _args, { tollgate }) => [...(await tollgate.alerts.rules())],
  }),
)
