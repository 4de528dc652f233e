import { tenantsOf, type TraceLayout } from '../../trace/spread-row.ts'
import { type GraphQLClient, ServerUnusable } from '../../../../cli/graphql-client.ts'

const CREATE_TENANT = `mutation CreateDemoTenant($input: CreateTenantInput!) {
  createTenant(input: $input) { ... on Error { code message } }
}`

/** Creates the missing tenants of a layout. */
export async function createDemoTenants(client: GraphQLClient, { url, layout }: { url: string; layout: TraceLayout }): Promise<void> {
  for (const input of tenantsOf(layout)) {
    const { createTenant } = await client.request<{ createTenant: { code?: string; message?: string } }>(CREATE_TENANT, { input })
    if (createTenant.code === undefined || createTenant.code === 'ALREADY_EXISTS') continue
    const hint = createTenant.code === 'FORBIDDEN' ? ' A replay creates tenants, which requires an operator key.' : ''
    throw new ServerUnusable(url, `${createTenant.message}${hint}`)
  }
}
