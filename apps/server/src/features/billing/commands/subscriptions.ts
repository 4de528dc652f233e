import type { Subscription } from '@tollgate/invoicing'
import type { Temporal } from '@tollgate/kernel'
import { Command } from 'commander'
import { counted } from '../../../cli/counted.ts'
import { instantOption, wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { SubscriptionId } from '../ids.ts'

interface SubscribeOptions {
  readonly seats?: number
  readonly from?: Temporal.Instant
  readonly anchorDay?: number
  readonly trial?: boolean
}

/** `tollgate billing subscribe` */
export function subscribeCommand(): Command {
  return new Command('subscribe')
    .description('Subscribes a tenant to a plan. It gets the tier, quotas, charge rules and credits of the plan.')
    .argument('<tenant>', 'id of the tenant')
    .argument('<plan>', 'plan: "pro" is its latest version, "pro@2" that version')
    .option('--seats <number>', 'number of seats (default: 1)', wholeNumberOption(1, 1_000_000))
    .option('--from <time>', 'start, at most a year ago or in the future (default: now)', instantOption)
    .option('--anchor-day <day>', 'day of the month on which billing periods start (default: that of the tenant)', wholeNumberOption(1, 31))
    .option('--trial', 'start with a trial, which expires unless it is converted')
    .action(async (tenantId: string, plan: string, { trial = false, ...options }: SubscribeOptions) => {
      const input = { tenantId, plan, ...options }
      showSubscription(await withTollgate(({ subscriptions }) => (trial ? subscriptions.startTrial(input) : subscriptions.subscribe(input))))
    })
}

interface ChangeOptions {
  readonly seats?: number
  readonly atPeriodEnd?: boolean
}

const AT_PERIOD_END = ['--at-period-end', 'at the end of the month or year that is paid (default: now)'] as const

/** `tollgate billing change-plan` */
export function changePlanCommand(): Command {
  return new Command('change-plan')
    .description('Moves the subscription of a tenant to another plan. Fees are prorated by time.')
    .argument('<tenant>', 'id of the tenant')
    .argument('<plan>', 'plan: "pro" is its latest version, "pro@2" that version')
    .option('--seats <number>', 'number of seats (default: as before)', wholeNumberOption(1, 1_000_000))
    .option(...AT_PERIOD_END)
    .action(async (tenantId: string, plan: string, { seats, atPeriodEnd }: ChangeOptions) => {
      showSubscription(await withTollgate(({ subscriptions }) => subscriptions.changePlan({ tenantId, plan, seats, at: timeOf(atPeriodEnd) })))
    })
}

/** `tollgate billing cancel` */
export function cancelCommand(): Command {
  return new Command('cancel')
    .description('Ends the subscription of a tenant. The tenant gets the tier "free" then.')
    .argument('<tenant>', 'id of the tenant')
    .option(...AT_PERIOD_END)
    .action(async (tenantId: string, { atPeriodEnd }: ChangeOptions) => {
      showSubscription(await withTollgate(({ subscriptions }) => subscriptions.cancel({ tenantId, at: timeOf(atPeriodEnd) })))
    })
}

function timeOf(atPeriodEnd = false): 'now' | 'period_end' {
  return atPeriodEnd ? 'period_end' : 'now'
}

/** `tollgate billing subscription` */
export function subscriptionCommand(): Command {
  return new Command('subscription')
    .description('Shows the latest subscription of a tenant, with its past and scheduled phases.')
    .argument('<tenant>', 'id of the tenant')
    .action(async (tenantId: string) => {
      const subscription = await withTollgate(async ({ accounts, subscriptions }) => {
        await accounts.requireTenant(tenantId)
        return subscriptions.find(tenantId)
      })
      if (subscription === undefined) return note('There is no subscription. "billing subscribe" makes one.')
      showSubscription(subscription)
    })
}

/** `tollgate billing revenue` */
export function revenueCommand(): Command {
  return new Command('revenue')
    .description('Shows the recurring revenue of all subscriptions, and what changed it.')
    .option('--at <time>', 'time (default: now)', instantOption)
    .option('--since <time>', 'start of the movements (default: all until then)', instantOption)
    .option('--currency <code>', 'currency of the plans to count', 'USD')
    .action(async (options: { readonly at?: Temporal.Instant; readonly since?: Temporal.Instant; readonly currency: string }) => {
      const { mrr, arr, movements, payingTenants, currency } = await withTollgate(({ subscriptions }) => subscriptions.recurringRevenue(options))
      print(`${mrr.toFixed()} ${currency} a month, ${arr.toFixed()} ${currency} a year, from ${counted(payingTenants, 'tenant')}`)
      print()
      print(
        table(
          [{ heading: 'movement' }, { heading: currency, align: 'end' }],
          Object.entries(movements).map(([kind, amount]) => [kind, amount.toFixed()]),
        ),
      )
    })
}

function showSubscription({ tenantId, id, status, timeZone, anchorDay, phases }: Subscription): void {
  note(`${status}; billing periods start on day ${anchorDay}, ${timeZone}.`)
  note(
    table(
      [{ heading: 'from' }, { heading: 'to' }, { heading: 'state' }, { heading: 'plan' }, { heading: 'seats', align: 'end' }],
      phases.map(({ from, to, state, plan, seats }) => [second(from), to === null ? '-' : second(to), state, plan.key, String(seats)]),
    ),
  )
  print(SubscriptionId.encode(`${tenantId}:${id}`))
}

function second(time: Temporal.Instant): string {
  return time.toString({ smallestUnit: 'second' })
}
