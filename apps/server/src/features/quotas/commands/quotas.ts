import { type Decimal, OPERATOR_SCOPE } from '@tollgate/kernel'
import { Command } from 'commander'
import type { FailureMode, QuotaOverride } from '@tollgate/quotas'
import { confirm, type ConfirmOptions } from '../../../cli/confirm.ts'
import { decimalOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { describeEnforcement, policyTable } from './policy-table.ts'
import { readQuotaPlanFile } from './read-quota-plan-file.ts'
import { quotaUsageTable } from './quota-usage-table.ts'
import { operatorName } from '../../../cli/operator-name.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { clearQuotaCommand, setQuotaCommand } from './set-quota.ts'

/** Long lists are cut off. GraphQL has pages for programs. */
const MAX_SHOWN = 1_000

/** `tollgate quotas` */
export function quotasCommand(): Command {
  return new Command('quotas')
    .description('Shows and sets limits on usage, for plans and for single tenants.')
    .addCommand(new Command('status').description('Shows the quotas of a tenant and their usage.').argument('<tenant>', 'id of the tenant').action(showStatus))
    .addCommand(
      new Command('exceeded')
        .description('Lists quotas of all tenants with usage over the limit.')
        .option('--at-least <percent>', 'also list quotas with at least this usage, in percent of the limit; 50 or more', decimalOption)
        .action(showExceeded),
    )
    .addCommand(setQuotaCommand())
    .addCommand(clearQuotaCommand())
    .addCommand(
      new Command('overrides')
        .description('Lists all overrides that were ever set for a tenant, the latest first, and who set them.')
        .argument('<tenant>', 'id of the tenant')
        .action(showOverrides),
    )
    .addCommand(new Command('plans').description('Lists the quotas of every plan. A tenant has the plan of its tier, or "default".').action(showPlans))
    .addCommand(
      new Command('publish-plan')
        .description('Publishes a quota plan and replaces the plan of the same name.')
        .argument('<file>', 'JSON: { "name", "unlisted": "allow" or "deny", "policies": [{ "metric", "window", "limit": "50000", … }] }')
        .option('--dry-run', 'show the plan without publishing it')
        .option('--yes', 'publish without asking for confirmation')
        .action(publishPlan),
    )
}

async function showStatus(tenantId: string): Promise<void> {
  const { plan, unlisted, quotas } = await withTollgate(async tollgate => {
    await tollgate.accounts.requireTenant(tenantId)
    return tollgate.quotas.status({ tenantId })
  })
  note(`Plan "${plan}". Requests for metrics without a quota are ${allowedOrRefused(unlisted)}.`)
  if (quotas.length > 0) print(quotaUsageTable(quotas))
}

async function showExceeded({ atLeast }: { readonly atLeast?: Decimal }): Promise<void> {
  const which = atLeast === undefined ? { exceeded: true } : { atLeastPercent: atLeast }
  const { items, next } = await withTollgate(({ quotas }) => quotas.nearLimits(OPERATOR_SCOPE, { ...which, first: MAX_SHOWN }))
  if (items.length === 0) return note(atLeast === undefined ? 'No quota is exceeded.' : `No quota has used ${atLeast.toFixed()} % of its limit or more.`)
  print(quotaUsageTable(items))
  if (next !== null) note(`Only the first ${items.length} are listed.`)
}

async function showOverrides(tenantId: string): Promise<void> {
  const { items: overrides, next } = await withTollgate(async tollgate => {
    await tollgate.accounts.requireTenant(tenantId)
    return tollgate.quotas.overrides({ tenantId, first: MAX_SHOWN })
  })
  if (overrides.length === 0) return note('No override was ever set for this tenant.')
  const columns = [
    { heading: 'set' },
    { heading: 'by' },
    { heading: 'quota' },
    { heading: 'limit', align: 'end' as const },
    { heading: 'enforcement' },
    { heading: 'valid' },
  ]
  print(table(columns, overrides.map(overrideCells)))
  if (next !== null) note(`Only the latest ${overrides.length} are listed.`)
}

function overrideCells({ setAt, setBy, limitKey, policy }: QuotaOverride): string[] {
  const set = [setAt.toString({ smallestUnit: 'second' }), setBy ?? '-', limitKey]
  if (policy === null) return [...set, 'removed', '-', '-']
  const [from, to] = [policy.validFrom, policy.validTo].map(instant => instant?.toString() ?? '')
  return [...set, policy.limit?.toFixed() ?? 'unlimited', describeEnforcement(policy), from === '' && to === '' ? 'always' : `${from} – ${to}`]
}

async function showPlans(): Promise<void> {
  const plans = await withTollgate(({ quotas }) => quotas.plans())
  for (const { name, unlisted, policies } of plans) {
    print(`${name}: metrics without a quota are ${allowedOrRefused(unlisted)}`)
    if (policies.length > 0) print(policyTable(policies))
    print()
  }
}

async function publishPlan(file: string, options: ConfirmOptions): Promise<void> {
  const setBy = operatorName()
  const plan = await readQuotaPlanFile(file, setBy)
  note(`Plan "${plan.name}". Requests for metrics without a quota are ${allowedOrRefused(plan.unlisted)}.\n`)
  if (plan.policies.length > 0) note(`${policyTable(plan.policies)}\n`)
  if (!(await confirm('Publish this plan?', options))) return note('The plan was not published.')
  await withTollgate(({ quotas }) => quotas.publishPlan({ ...plan, setBy }))
  note('Published. The plan applies from now on, on every server.')
  print(plan.name)
}

function allowedOrRefused(unlisted: FailureMode): string {
  return unlisted === 'allow' ? 'allowed' : 'refused'
}
