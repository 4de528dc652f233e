import type { AliasTarget, ModelAlias } from '@tollgate/pricing'
import { builder } from '../../../../graphql/builder.ts'
import { TenantRef } from '../../../accounts/graphql/tenant.ts'

const AliasTargetRef = builder.objectRef<AliasTarget>('ModelAliasTarget').implement({
  description: 'The model behind an alias.',
  fields: t => ({
    provider: t.exposeString('provider', { description: 'Provider that charges for the model.' }),
    model: t.exposeString('model', { description: 'Model, as that provider names it.' }),
  }),
})

/** An alias of a model. */
export const ModelAliasRef = builder.objectRef<ModelAlias>('ModelAlias').implement({
  description:
    'A name that a tenant gave to a model, such as a deployment at Azure. From `from` until `to`, calls of the name cost what calls of the target cost. Aliases never change: a later alias supersedes an earlier one.',
  fields: t => ({
    tenant: t.field({
      type: TenantRef,
      nullable: true,
      description: 'Tenant whose calls use the name. Null for all tenants.',
      resolve: ({ tenantId }) => tenantId,
    }),
    provider: t.exposeString('provider', { description: 'Provider of the calls.' }),
    name: t.exposeString('name', { description: 'Name in the calls.' }),
    target: t.expose('target', { type: AliasTargetRef, nullable: true, description: 'Model that runs. Null if earlier aliases of the name end here.' }),
    from: t.expose('from', { type: 'DateTime', nullable: true, description: 'Start, inclusive. Null for no start.' }),
    to: t.expose('to', { type: 'DateTime', nullable: true, description: 'End, exclusive. Null for no end.' }),
    publishedAt: t.expose('publishedAt', {
      type: 'DateTime',
      description: 'When the alias was set. Of aliases of the same tenant, the one set last applies; those of a tenant precede those for all.',
    }),
  }),
})
