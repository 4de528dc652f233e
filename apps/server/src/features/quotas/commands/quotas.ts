import { type Decimal, OPERATOR_SCOPE } from '@tollgate/kernel'
import { Command } from 'commander'
import type { QuotaOverride } from '@tollgate/quotas'
import { confirm, type ConfirmOptions } from '../../../cli/confirm.ts'
import { decimalOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { describeEnforcement, policyTable } from './quota-plan/policy-table.ts'
import { readQuotaPlanFile } from './quota-plan/read-quota-plan-file.ts'
import { quotaUsageTable } from './quota-plan/quota-usage-table.ts'
import { setterName } from '../../../cli/setter-name.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { clearQuotaCommand, setQuotaCommand } from './set-quota.ts'

/** Of a listing that is long: pages are for programs. */
const MAX_SHOWN = 1_000

/** `tollgate quotas` */
export function quotasCommand(): Command {
  return new Command('quotas')
    .description('Limits on what tenants use: how they stand, those of plans, and those of one tenant.')
    .addCommand(new Command('status').description('Shows how the quotas of a tenant stand.').argument('<tenant>', 'its id').action(showStatus))
    .addCommand(
      new Command('exceeded')
        .description('Shows of which quotas, of all tenants, more was used than the limit.')
        .option('--at-least <percent>', 'also those that are near their limits: 50 or more', decimalOption)
        .action(showExceeded),
    )
    .addCommand(setQuotaCommand())
    .addCommand(clearQuotaCommand())
    .addCommand(
      new Command('overrides')
        .description('Shows what was ever set for a tenant, the latest first, and who set it.')
        .argument('<tenant>', 'its id')
        .action(showOverrides),
    )
    .addCommand(new Command('plans').description('Shows the quotas of every plan. A tenant has the plan of its tier, or "default".').action(showPlans))
    .addCommand(
      new Command('publish-plan')
        .description('Publishes the quotas of a plan, in place of those it has.')
        .argument('<file>', 'JSON: { "name", "unlisted": "allow" or "deny", "policies": [{ "metric", "window", "limit": "50000", … }] }')
        .option('--dry-run', 'show it, and publish nothing')
        .option('--yes', 'publish without asking')
        .action(publishPlan),
    )
}

async function showStatus(tenantId: string): Promise<void> {
  const { plan, unlisted, quotas } = await withTollgate(async tollgate => {
    await tollgate.accounts.requireTenant(tenantId)
    return tollgate.quotas.status({ tenantId })
  })
  note(`On the plan "${plan}"; what no quota is for is ${unlisted === 'allow' ? 'allowed' : 'refused'}.`)
  if (quotas.length > 0) print(quotaUsageTable(quotas))
}

async function showExceeded({ atLeast }: { readonly atLeast?: Decimal }): Promise<void> {
  const which = atLeast === undefined ? { exceeded: true } : { atLeastPercent: atLeast }
  const { items, next } = await withTollgate(({ quotas }) => quotas.nearLimits(OPERATOR_SCOPE, { ...which, first: MAX_SHOWN }))
  if (items.length === 0) return note('There are none.')
  print(quotaUsageTable(items))
  if (next !== null) note(`There are more than these ${items.length}.`)
}

async function showOverrides(tenantId: string): Promise<void> {
  const { items: overrides, next } = await withTollgate(async tollgate => {
    await tollgate.accounts.requireTenant(tenantId)
    return tollgate.quotas.overrides({ tenantId, first: MAX_SHOWN })
  })
  if (overrides.length === 0) return note('Nothing was ever set.')
  const columns = [
    { heading: 'set' },
    { heading: 'by' },
    { heading: 'quota' },
    { heading: 'limit', align: 'end' as const },
    { heading: 'enforcement' },
    { heading: 'valid' },
  ]
  print(table(columns, overrides.map(overrideCells)))
  if (next !== null) note(`There are more than these ${overrides.length}.`)
}

function overrideCells({ setAt, setBy, limitKey, policy }: QuotaOverride): string[] {
  const set = [setAt.toString({ smallestUnit: 'second' }), setBy ?? '-', limitKey]
  if (policy === null) return [...set, 'taken back', '-', '-']
  const [from, to] = [policy.validFrom, policy.validTo].map(instant => instant?.toString() ?? '')
  return [...set, policy.limit?.toFixed() ?? 'unlimited', describeEnforcement(policy), from === '' && to === '' ? 'always' : `${from} – ${to}`]
}

async function showPlans(): Promise<void> {
  const plans = await withTollgate(({ quotas }) => quotas.plans())
  for (const { name, unlisted, policies } of plans) {
    print(`${name}: what it does not list is ${unlisted === 'allow' ? 'allowed' : 'refused'}`)
    if (policies.length > 0) print(policyTable(policies))
    print()
  }
}

async function publishPlan(file: string, options: ConfirmOptions): Promise<void> {
  const setBy = setterName()
  const plan = await readQuotaPlanFile(file, setBy)
  note(`The plan "${plan.name}"; what it does not list is ${plan.unlisted === 'allow' ? 'allowed' : 'refused'}:\n`)
  if (plan.policies.length > 0) note(`${policyTable(plan.policies)}\n`)
  if (!(await confirm('Publish this plan?', options))) return note('Nothing was published.')
  await withTollgate(({ quotas }) => quotas.publishPlan({ ...plan, setBy }))
  note('It was published, and holds from now on, on every server.')
  print(plan.name)
}
