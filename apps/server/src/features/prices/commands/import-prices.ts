import { extname, resolve } from 'node:path'
import { OPERATOR_SCOPE, type Temporal, type TenantClock } from '@tollgate/kernel'
import type { PriceImportPlan, PriceImportSource } from '@tollgate/pricing'
import { Command, Option } from 'commander'
import { confirm } from '../../../cli/confirm.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { describePlan, describeSkipped, describeUnsupportedCharges, withUnsupportedCharges } from './price-file/describe-import-plan.ts'
import { readPriceFile, readTextFile } from './price-file/read-price-file.ts'

const FORMATS = ['csv', 'json', 'litellm', 'models-dev'] as const

interface ImportOptions {
  readonly format?: (typeof FORMATS)[number]
  readonly from?: Temporal.Instant
  readonly provider?: readonly string[]
  readonly dryRun?: true
  readonly yes?: true
  readonly skipped?: true
}

/** `tollgate prices import` */
export function importPricesCommand(): Command {
  return new Command('import')
    .description('Shows how a file would change prices and, after confirmation, publishes the changes: all of them, or none.')
    .argument(
      '<file>',
      "a JSON array of prices as publishPrice takes them; a CSV file with the columns provider, model, from, to, tenantId, perRequest, serviceTier, speed, region, and one per token pool; LiteLLM's model_prices_and_context_window.json; or models.dev's api.json",
    )
    .addOption(new Option('--format <format>', 'format of the file (default: csv or json, by its extension)').choices(FORMATS))
    .option('--from <time>', 'when the prices of a LiteLLM or models.dev list take effect (default: now)', instantOption)
    .option('--provider <provider...>', 'import only these providers of a LiteLLM or models.dev list')
    .option('--skipped', 'also show what a list contains that is not imported, and why')
    .addOption(new Option('--dry-run', 'publish nothing').conflicts('yes'))
    .option('--yes', 'publish without asking')
    .action(importPrices)
}

async function importPrices(file: string, options: ImportOptions): Promise<void> {
  await withTollgate(async ({ pricing, accounts, clock }, { workingDirectory }) => {
    const source = await readSource(resolve(workingDirectory, file), options, clock)
    for (const tenant of tenantsOf(source)) await accounts.requireTenant(tenant)
    const plan = await pricing.planPriceImport(OPERATOR_SCOPE, source)
    show(plan, options)
    const planned = plan.added.length + plan.changed.length
    if (planned === 0) return note('No prices would change.')
    if (!(await confirm(`Publish ${prices(planned)}?`, options))) return note('Nothing was published.')
    const published = await pricing.applyPriceImport(OPERATOR_SCOPE, { source, planDigest: plan.digest })
    note(`Published ${prices(published.length)}.`)
  })
}

async function readSource(
  file: string,
  { format = extname(file).toLowerCase() === '.csv' ? 'csv' : 'json', from, provider }: ImportOptions,
  clock: TenantClock,
): Promise<PriceImportSource> {
  if (format === 'csv' || format === 'json') return { format: 'drafts', drafts: await readPriceFile(file, format) }
  return { format, data: await readTextFile(file), from: from ?? clock.now(null), ...(provider && { providers: provider }) }
}

/** Returns the tenants that the file has prices for. */
function tenantsOf(source: PriceImportSource): ReadonlySet<string> {
  return new Set(source.format === 'drafts' ? source.drafts.flatMap(({ tenantId }) => tenantId ?? []) : [])
}

function show(plan: PriceImportPlan, { skipped }: ImportOptions): void {
  const { added, changed, unchanged } = plan
  if (added.length + changed.length > 0) print(describePlan(plan))
  const incomplete = withUnsupportedCharges(plan)
  if (skipped && plan.skipped.length > 0) print(describeSkipped(plan))
  if (skipped && incomplete.length > 0) print(describeUnsupportedCharges(incomplete))
  note(`${added.length} new, ${changed.length} changed, ${unchanged.length} unchanged, ${plan.skipped.length} skipped.`)
  if (!skipped && incomplete.length > 0) note(`For ${prices(incomplete.length)}, the list has more charges, which are not imported; --skipped shows them.`)
}

function prices(count: number): string {
  return `${count} ${count === 1 ? 'price' : 'prices'}`
}
