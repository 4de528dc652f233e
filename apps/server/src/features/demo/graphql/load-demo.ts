import { Forbidden, InvalidInput } from '@tollgate/kernel'
import { requireScope } from '../../../graphql/authorize.ts'
import { builder } from '../../../graphql/builder.ts'
import { ErrorInterface } from '../../../graphql/errors/error-interface.ts'
import { TenantRef } from '../../accounts/graphql/tenant.ts'
import { type LoadedDemo, loadFirstDemo, ServerHasData } from '../../../demo/load-first-demo.ts'

builder.objectType(ServerHasData, {
  name: 'ServerHasDataError',
  description: 'The server has usage of its own, which the demo would mix with. Load the demo on a server without usage.',
  interfaces: [ErrorInterface],
})

const LoadDemoPayloadRef = builder.objectRef<LoadedDemo>('LoadDemoPayload').implement({
  description: 'The demo is there.',
  fields: t => ({
    tenants: t.field({ type: [TenantRef], description: 'The tenants of the demo.', resolve: ({ tenants }) => [...tenants] }),
    calls: t.exposeInt('calls', { description: 'Number of calls that the demo has recorded, over the 30 days before it was first loaded.' }),
  }),
})

builder.mutationField('loadDemo', t =>
  t.field({
    type: LoadDemoPayloadRef,
    audit: 'tenant.created',
    authScopes: { $all: { operator: true, can: 'tenants:write' } },
    errors: { types: [InvalidInput, Forbidden, ServerHasData] },
    description:
      'Loads the demo, as `npm start -- --demo` does: three tenants with 600 calls, quotas, credits, a discount and invoices. Refused if other tenants have usage. Loading it again changes nothing. Tenants cannot be deleted. Requires an operator key with the scopes "tenants:write" and "billing:write".',
    resolve: (_root, _args, { viewer, tollgate }) => {
      requireScope(viewer, 'billing:write')
      return loadFirstDemo(tollgate)
    },
  }),
)
