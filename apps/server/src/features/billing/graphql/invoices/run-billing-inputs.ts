import type { BillingFailure } from '@tollgate/invoicing/billing'
import { builder } from '../../../../graphql/builder.ts'

/** What to bill. */
export const RunBillingInputRef = builder.inputType('RunBillingInput', {
  description: 'What to bill.',
  fields: t => ({
    through: t.field({ type: 'DateTime', required: true, description: 'Bills the periods that end at or before this time. Must not be in the future.' }),
    tenantIds: t.idList({ description: 'Only these tenants. Defaults to all.' }),
    finalize: t.boolean({
      defaultValue: true,
      description: 'Whether invoices are finalised. If false, the next invoice of each subscription is left as a draft. Defaults to true.',
    }),
  }),
})

/** A tenant that could not be billed. */
export const BillingFailureRef = builder.objectRef<BillingFailure>('BillingFailure').implement({
  description:
    'A tenant that could not be billed, or not completely. Others are. With the code "USAGE_NOT_BILLED", it was billed, but usage has changed in billing periods in which late usage is not looked for any more.',
  fields: t => ({
    tenantId: t.exposeID('tenantId', { description: 'Id of the tenant.' }),
    code: t.exposeString('code', { description: 'Stable code of the error.' }),
    message: t.exposeString('message', { description: 'What is wrong and what to do.' }),
  }),
})
