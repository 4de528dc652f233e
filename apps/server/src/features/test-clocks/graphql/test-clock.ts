import type { TestClock } from '@tollgate/accounts'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'

/** The clock of a simulated tenant. */
export const TestClockRef = builder.objectRef<TestClock>('TestClock').implement({
  description: 'The clock of a simulated tenant. It stands still until it is advanced.',
  fields: t => ({
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'The simulated tenant.', resolve: ({ tenantId }) => tenantId }),
    now: t.expose('now', { type: 'DateTime', description: 'Time that it shows.' }),
    target: t.expose('target', {
      type: 'DateTime',
      description: 'Time that it is being advanced to. If an advance fails or is interrupted, advance the clock to this time again.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the tenant was put on it, in real time.' }),
  }),
})

builder.objectField(TenantRef, 'testClock', t =>
  t.field({
    type: TestClockRef,
    nullable: true,
    description: 'Clock of a simulated tenant, whose data is no revenue. Null for real tenants.',
    resolve: ({ id }, _args, { tollgate }) => tollgate.testClocks.find(id),
  }),
)
