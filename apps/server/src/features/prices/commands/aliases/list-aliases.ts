import { OPERATOR_SCOPE, type Temporal, tenantScope } from '@tollgate/kernel'
import type { ModelAlias } from '@tollgate/pricing'
import { Command } from 'commander'
import { everyPage } from '../../../../cli/every-page.ts'
import { note, print } from '../../../../cli/print.ts'
import { table } from '../../../../cli/table.ts'
import { withTollgate } from '../../../../cli/with-tollgate.ts'

/** `tollgate prices alias list` */
export function listAliasesCommand(): Command {
  return new Command('list')
    .description('Lists aliases, latest first. Of aliases of a name, the first one in the list applies; those of a tenant precede those for all.')
    .option('--tenant <id>', 'only aliases that apply to this tenant')
    .option('--provider <provider>', 'only aliases of this provider')
    .option('--name <name>', 'only aliases with this name')
    .action(listAliases)
}

async function listAliases({ tenant, ...filter }: { readonly tenant?: string; readonly provider?: string; readonly name?: string }): Promise<void> {
  const aliases = await withTollgate(async ({ modelAliases, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    const scope = tenant === undefined ? OPERATOR_SCOPE : tenantScope(tenant)
    return everyPage((after: ModelAlias | undefined) => modelAliases.list(scope, { ...filter, first: 1_000, ...(after && { after: after.id }) }))
  })
  if (aliases.length === 0) return note('There are no aliases.')
  const columns = ['tenant', 'provider', 'name', 'model', 'from', 'to'].map(heading => ({ heading }))
  print(table(columns, aliases.map(aliasRow)))
}

function aliasRow({ tenantId, provider, name, target, from, to }: ModelAlias): string[] {
  const time = (instant: Temporal.Instant | null) => instant?.toString() ?? '-'
  return [tenantId ?? 'all', provider, name, target === null ? 'none' : `${target.provider} ${target.model}`, time(from), time(to)]
}
