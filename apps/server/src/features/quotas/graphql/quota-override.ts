import type { QuotaOverride } from '@tollgate/quotas'
import { builder } from '../../../graphql/builder.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { QuotaPolicyRef } from './quota-policy.ts'

/** What was once set for a tenant. */
export const QuotaOverrideRef = builder.objectRef<QuotaOverride>('QuotaOverride').implement({
  description: "A limit that was set for one tenant, in place of its plan's or beside them, or taken back. Kept for ever; the latest that is valid holds.",
  fields: t => ({
    tenant: t.field({ type: TenantRef, description: 'Whose it is.', resolve: ({ tenantId }) => tenantId }),
    slot: t.exposeString('limitKey', { description: 'Which quota: metric, window, scope and operation.' }),
    policy: t.expose('policy', { type: QuotaPolicyRef, nullable: true, description: 'The limit, with its validity; null: what the plan says holds again.' }),
    setBy: t.string({
      nullable: true,
      description: 'Who set it: the id of an API key, or a name. For operators; null for others.',
      resolve: ({ setBy }, _args, { viewer }) => (viewer.kind === 'operator' ? setBy : null),
    }),
    setAt: t.expose('setAt', { type: 'DateTime', description: 'When it was set.' }),
  }),
})
