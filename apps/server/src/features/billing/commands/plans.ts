import type { BillingPlan } from '@tollgate/invoicing'
import { Command } from 'commander'
import { confirm, type ConfirmOptions } from '../../../cli/confirm.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { readPlanFile } from './plan-file.ts'

/** `tollgate billing plans` */
export function plansCommand(): Command {
  return new Command('plans')
    .description('Lists the plans that tenants can subscribe to.')
    .option('--all', 'list all versions (default: the latest of each plan)', false)
    .action(async ({ all }: { readonly all: boolean }) => {
      print(planTable(await withTollgate(({ billingPlans }) => billingPlans.list({ allVersions: all }))))
    })
}

/** `tollgate billing publish-plan` */
export function publishPlanCommand(): Command {
  return new Command('publish-plan')
    .description('Publishes a plan from a JSON file, with its quotas and charge rules. A name that exists gets its next version; subscribers stay on theirs.')
    .argument('<file>', 'JSON file; see docs/guides/invoicing.md')
    .option('--yes', 'publish without asking')
    .action(async (file: string, options: ConfirmOptions) => {
      const draft = await readPlanFile(file)
      if (!(await confirm(`Publish the plan "${draft.name}"?`, options))) return note('The plan was not published.')
      const plan = await withTollgate(({ billingPlans }) => billingPlans.publish(draft))
      note(`Published version ${plan.version}.`)
      print(plan.key)
    })
}

function planTable(plans: readonly BillingPlan[]): string {
  const columns = [
    { heading: 'plan' },
    { heading: 'title' },
    { heading: 'fee', align: 'end' as const },
    { heading: 'seat', align: 'end' as const },
    { heading: 'trial days', align: 'end' as const },
    { heading: 'minimum', align: 'end' as const },
  ]
  return table(
    columns,
    plans.map(({ key, title, currency, recurringFee, feeInterval, seats, trialDays, minimumCommitment }) => [
      key,
      title,
      `${recurringFee.toFixed()} ${currency} a ${feeInterval}`,
      seats === null ? '-' : `${seats.unitPrice.toFixed()} above ${seats.included}`,
      trialDays === 0 ? '-' : String(trialDays),
      minimumCommitment?.toFixed() ?? '-',
    ]),
  )
}
