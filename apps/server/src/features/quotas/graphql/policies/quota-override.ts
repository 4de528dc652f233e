import type { QuotaOverride } from '@tollgate/quotas'
import { builder } from '../../../../graphql/builder.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'
import { QuotaPolicyRef } from './quota-policy.ts'

/** A change to the limits of one tenant. */
export const QuotaOverrideRef = builder.objectRef<QuotaOverride>('QuotaOverride').implement({
  description: 'A limit that was set for one tenant, or the removal of one. Overrides are kept forever; the latest valid one applies.',
  fields: t => ({
    id: t.exposeID('id', { description: 'Identifies the override.' }),
    tenant: t.field({ type: TenantRef, nullOnError: true, description: 'The tenant that the override is for.', resolve: ({ tenantId }) => tenantId }),
    limitKey: t.exposeString('limitKey', { description: 'Names the limit: its metric, window, scope and operation.' }),
    policy: t.expose('policy', { type: QuotaPolicyRef, nullable: true, description: "The limit. Null means that the plan's limit, if any, applies again." }),
    setBy: t.string({
      nullable: true,
      description: 'Who set the override: the id of an API key, or a name. Visible to operators; null for others.',
      resolve: ({ setBy }, _args, { viewer }) => (viewer.kind === 'operator' ? setBy : null),
    }),
    setAt: t.expose('setAt', { type: 'DateTime', description: 'When the override was set.' }),
  }),
})
