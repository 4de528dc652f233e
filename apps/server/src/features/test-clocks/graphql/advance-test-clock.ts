import type { BillingFailure } from '@tollgate/invoicing/billing'
import { Forbidden, InvalidInput, NotFound } from '@tollgate/kernel'
import { builder } from '../../../graphql/builder.ts'
import { BillingFailureRef } from '../../billing/graphql/invoices/run-billing-inputs.ts'
import type { AdvancedClock } from '../advance-test-clock.ts'
import { TestClockRef } from './test-clock.ts'

const AdvanceTestClockInputRef = builder.inputType('AdvanceTestClockInput', {
  description: 'How far to advance the clock of a tenant.',
  fields: t => ({
    tenantId: t.id({ required: true, description: 'A tenant on a test clock.' }),
    to: t.field({ type: 'DateTime', required: true, description: 'Time to advance to: not before the time of the clock, and at most 400 days after it.' }),
  }),
})

const AdvanceTestClockPayloadRef = builder.objectRef<AdvancedClock>('AdvanceTestClockPayload').implement({
  description: 'The clock was advanced.',
  fields: t => ({
    testClock: t.expose('clock', { type: TestClockRef, description: 'The clock.' }),
    invoices: t.exposeInt('invoices', { description: 'Number of invoices that were issued.' }),
    reminders: t.exposeInt('reminders', { description: 'Number of reminders that were sent.' }),
    lateFees: t.exposeInt('lateFees', { description: 'Number of late fees that were charged.' }),
    failures: t.field({
      type: [BillingFailureRef],
      description: 'Why the tenant could not be billed, each reason once.',
      resolve: ({ failures }): BillingFailure[] => [...failures],
    }),
  }),
})

builder.mutationField('advanceTestClock', t =>
  t.field({
    type: AdvanceTestClockPayloadRef,
    audit: 'tenant.testClockAdvanced',
    authScopes: { $all: { operator: true, can: 'tenants:write' } },
    errors: { types: [InvalidInput, Forbidden, NotFound] },
    description:
      'Advances the clock of a simulated tenant and does everything that becomes due until then, in order: trials, renewals, plan changes, credits, billing runs, reminders and late fees. If it was interrupted, call it again. Requires an operator key with the scope "tenants:write".',
    args: { input: t.arg({ type: AdvanceTestClockInputRef, required: true, description: 'The tenant, and the time.' }) },
    resolve: (_root, { input }, { tollgate }) => tollgate.advanceTestClock(input),
  }),
)
