import { OPERATOR_SCOPE, type Temporal } from '@tollgate/kernel'
import type { ModelAlias } from '@tollgate/pricing'
import { RatingRunInProgress } from '@tollgate/usage'
import { Command, Option } from 'commander'
import { confirm } from '../../../../cli/confirm.ts'
import { operatorName } from '../../../../cli/operator-name.ts'
import { instantOption } from '../../../../cli/options.ts'
import { note } from '../../../../cli/print.ts'
import { withTollgate } from '../../../../cli/with-tollgate.ts'
import type { Tollgate } from '../../../../tollgate.ts'
import { RatingRunId } from '../../../rerating/ids.ts'

interface SetAliasOptions {
  readonly provider: string
  readonly name: string
  readonly model: string
  readonly modelProvider?: string
  readonly tenant?: string
  readonly from: Temporal.Instant
  readonly to?: Temporal.Instant
  readonly yes?: true
  readonly keepUnpriced?: true
}

/** `tollgate prices alias set` */
export function setAliasCommand(): Command {
  return new Command('set')
    .description('Says which model runs under a name, so that its calls have a price. Offers to rate past calls of the name that have none.')
    .requiredOption('--provider <provider>', 'provider of the calls, such as azure')
    .requiredOption('--name <name>', 'name in the calls: a deployment, the id or ARN of an application inference profile, a model of a gateway')
    .requiredOption('--model <model>', 'model that runs, as its provider names it; not another alias')
    .option('--model-provider <provider>', 'provider that charges for the model (default: the provider of the calls)')
    .option('--tenant <id>', 'only for calls of this tenant (default: of all tenants)')
    .requiredOption('--from <time>', 'when the alias takes effect', instantOption)
    .option('--to <time>', 'when the alias ends (default: never)', instantOption)
    .option('--yes', 'rate past calls without asking')
    .addOption(new Option('--keep-unpriced', 'leave past calls as they are, without asking').conflicts('yes'))
    .action(setAlias)
}

async function setAlias({ provider, name, model, modelProvider = provider, tenant, from, to, yes, keepUnpriced }: SetAliasOptions): Promise<void> {
  await withTollgate(async tollgate => {
    if (tenant !== undefined) await tollgate.accounts.requireTenant(tenant)
    const target = { provider: modelProvider, model }
    const alias = await tollgate.modelAliases.set(OPERATOR_SCOPE, { tenantId: tenant, provider, name, target, from, to })
    const catalog = await tollgate.pricing.catalog()
    note(`Calls of ${alias.provider} "${alias.name}" now cost what calls of ${alias.target?.provider} "${alias.target?.model}" cost.`)
    if (catalog.candidates({ ...target, ...(tenant !== undefined && { tenantId: tenant }) }).length === 0) {
      note('That model has no price yet: check its name with "prices list", or publish a price with "prices publish".')
    }
    const { unpricedCalls } = await tollgate.rateAlias(alias)
    if (unpricedCalls === 0) return
    note(`${unpricedCalls.toLocaleString('en')} past ${unpricedCalls === 1 ? 'call' : 'calls'} of this name ${unpricedCalls === 1 ? 'is' : 'are'} unpriced.`)
    if (!(await confirm('Rate them now?', { yes, dryRun: keepUnpriced }))) return note('Rate them later with "prices rerate --unpriced".')
    await rate(tollgate, alias)
  })
}

async function rate({ rateAlias }: Pick<Tollgate, 'rateAlias'>, alias: ModelAlias): Promise<void> {
  try {
    const finished = await (await rateAlias(alias, operatorName())).done
    if (finished === null) return
    note(`Rating run ${RatingRunId.encode(finished.id)} is ${finished.state}: corrected ${finished.totals.events.toLocaleString('en')} events.`)
  } catch (error) {
    if (!(error instanceof RatingRunInProgress)) throw error
    note(`${error.message} The alias is set; rate these calls later with "prices rerate --unpriced".`)
  }
}
