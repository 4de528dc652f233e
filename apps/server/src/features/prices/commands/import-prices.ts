import { readFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { OPERATOR_SCOPE, systemClock, type Temporal } from '@tollgate/kernel'
import type { PriceImportPlan, PriceImportSource } from '@tollgate/pricing'
import { Command, Option } from 'commander'
import { confirm } from '../../../cli/confirm.ts'
import { instantOption } from '../../../cli/options.ts'
import { chargedBeside, describeChargedBeside, describePlan, describeSkipped } from './price-file/describe-import-plan.ts'
import { readPriceFile } from './price-file/read-price-file.ts'
import { note, print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

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
    .description('Shows what taking the prices of a file would change, and publishes them when told to: all of them, or none.')
    .argument(
      '<file>',
      "a JSON array of prices as publishPrice takes them; a CSV file with the columns provider, model, from, to, tenantId, perRequest, serviceTier, and one for each token pool; LiteLLM's model_prices_and_context_window.json; or models.dev's api.json",
    )
    .addOption(new Option('--format <format>', 'what the file is; by its ending, csv or json, where left out').choices(FORMATS))
    .option('--from <time>', 'when the prices of a list begin to count; now, where left out', instantOption)
    .option('--provider <provider...>', 'only of these providers of a list')
    .option('--skipped', 'show also what a list has and is not taken, and why')
    .addOption(new Option('--dry-run', 'publish nothing').conflicts('yes'))
    .option('--yes', 'publish without asking')
    .action(importPrices)
}

async function importPrices(file: string, options: ImportOptions): Promise<void> {
  await withTollgate(async ({ pricing, accounts }, { workingDirectory }) => {
    const source = await readSource(resolve(workingDirectory, file), options)
    for (const tenant of tenantsOf(source)) await accounts.requireTenant(tenant)
    const plan = await pricing.planPriceImport(OPERATOR_SCOPE, source)
    show(plan, options)
    const planned = plan.added.length + plan.changed.length
    if (planned === 0) return note('Nothing would change.')
    if (!(await confirm(`Publish ${planned} prices?`, options))) return note('Nothing was published.')
    const published = await pricing.applyPriceImport(OPERATOR_SCOPE, { source, planDigest: plan.digest })
    note(`${published.length} prices were published.`)
  })
}

async function readSource(
  file: string,
  { format = extname(file).toLowerCase() === '.csv' ? 'csv' : 'json', from, provider }: ImportOptions,
): Promise<PriceImportSource> {
  if (format === 'csv' || format === 'json') return { format: 'drafts', drafts: await readPriceFile(file, format) }
  return { format, data: await readFile(file, 'utf8'), from: from ?? systemClock.now(), ...(provider && { providers: provider }) }
}

/** The tenants that prices of one's own are for. */
function tenantsOf(source: PriceImportSource): ReadonlySet<string> {
  return new Set(source.format === 'drafts' ? source.drafts.flatMap(({ tenantId }) => tenantId ?? []) : [])
}

function show(plan: PriceImportPlan, { skipped }: ImportOptions): void {
  const { added, changed, unchanged } = plan
  if (added.length + changed.length > 0) print(describePlan(plan))
  const beside = chargedBeside(plan)
  if (skipped && plan.skipped.length > 0) print(describeSkipped(plan))
  if (skipped && beside.length > 0) print(describeChargedBeside(beside))
  note(`${added.length} new, ${changed.length} changed, ${unchanged.length} unchanged, ${plan.skipped.length} skipped.`)
  if (!skipped && beside.length > 0) note(`Charged also by what a price cannot have: ${beside.length} of them; --skipped says by what.`)
}
