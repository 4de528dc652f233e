import { TenantHasData, type TestClock } from '@tollgate/accounts'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'
import { TestClockRef } from './test-clock.ts'

builder.objectType(TenantHasData, {
  name: 'TenantHasDataError',
  description: 'The tenant has data of real time, so it cannot be simulated. Create another tenant for the simulation.',
  interfaces: [ErrorInterface],
})

const CreateTestClockInputRef = builder.inputType('CreateTestClockInput', {
  description: 'The tenant to simulate.',
  fields: t => ({
    tenantId: t.id({ required: true, description: 'A tenant without usage, subscriptions, credits, invoices and payments.' }),
    now: t.field({ type: 'DateTime', required: true, description: 'Time that the clock shows, from the year 2000 to 2098.' }),
  }),
})

const CreateTestClockPayloadRef = builder.objectRef<{ testClock: TestClock }>('CreateTestClockPayload').implement({
  description: 'The tenant was put on a test clock.',
  fields: t => ({ testClock: t.expose('testClock', { type: TestClockRef, description: 'Its clock.' }) }),
})

builder.mutationField('createTestClock', t =>
  t.field({
    type: CreateTestClockPayloadRef,
    audit: 'tenant.testClockCreated',
    authScopes: { $all: { operator: true, can: 'tenants:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound, TenantHasData] },
    description:
      'Puts a tenant without data on a test clock. Everything of it uses the time of the clock: usage, quotas, credits, subscriptions, invoices and collections. Numbers of its invoices start with "TEST-", and it does not count as recurring revenue. It stays simulated for good. Requires an operator key with the scope "tenants:write".',
    args: { input: t.arg({ type: CreateTestClockInputRef, required: true, description: 'The tenant, and its time.' }) },
    resolve: async (_root, { input }, { tollgate }) => ({ testClock: await tollgate.testClocks.create(input) }),
  }),
)
