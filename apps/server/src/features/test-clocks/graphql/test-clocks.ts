import { MAX_TEST_CLOCKS } from '@tollgate/accounts'
import { builder } from '../../../graphql/builder.ts'
import { TestClockRef } from './test-clock.ts'

builder.queryField('testClocks', t =>
  t.field({
    type: [TestClockRef],
    authScopes: { $all: { operator: true, can: 'tenants:read' } },
    complexity: { field: 1, multiplier: MAX_TEST_CLOCKS },
    description: `Clocks of all simulated tenants, by id of the tenant. At most ${MAX_TEST_CLOCKS}. Requires an operator key with the scope "tenants:read".`,
    resolve: (_root, _args, { tollgate }) => [...tollgate.testClocks.all()],
  }),
)
