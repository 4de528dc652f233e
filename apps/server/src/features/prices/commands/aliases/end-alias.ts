import { OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import { Command } from 'commander'
import { instantOption } from '../../../../cli/options.ts'
import { note } from '../../../../cli/print.ts'
import { withTollgate } from '../../../../cli/with-tollgate.ts'

interface EndAliasOptions {
  readonly provider: string
  readonly name: string
  readonly tenant?: string
  readonly from: Temporal.Instant
}

/** `tollgate prices alias end` */
export function endAliasCommand(): Command {
  return new Command('end')
    .description('Ends an alias: from then on, the name is looked up in the price list again.')
    .requiredOption('--provider <provider>', 'provider of the calls')
    .requiredOption('--name <name>', 'name in the calls')
    .option('--tenant <id>', 'only for calls of this tenant, for which aliases for all tenants end too (default: the alias for all tenants)')
    .requiredOption('--from <time>', 'when the alias ends; calls before that keep it', instantOption)
    .action(endAlias)
}

async function endAlias({ provider, name, tenant, from }: EndAliasOptions): Promise<void> {
  await withTollgate(async ({ modelAliases, accounts }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    await modelAliases.set(OPERATOR_SCOPE, { tenantId: tenant, provider, name, target: null, from })
  })
  note(`From ${from.toString()} on, ${provider} "${name}" is no alias.`)
}
