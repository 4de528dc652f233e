import { Command } from 'commander'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import type { Temporal } from '@tollgate/kernel'

/** `tollgate test-clocks` */
export function testClocksCommand(): Command {
  return new Command('test-clocks')
    .description('Simulates the time of tenants, to see a year of billing in seconds. Only for tenants without data.')
    .addCommand(
      new Command('create')
        .description('Puts a new tenant on a test clock, which stands still until it is advanced. It cannot be taken off again.')
        .argument('<tenant>', 'id of the tenant')
        .requiredOption('--now <time>', 'time that the clock shows, such as 2027-01-01', instantOption)
        .action(create),
    )
    .addCommand(
      new Command('advance')
        .description('Advances the clock of a tenant and does everything that becomes due: trials, renewals, credits, invoices, reminders, late fees.')
        .argument('<tenant>', 'id of the tenant')
        .requiredOption('--to <time>', 'time to advance to, such as 2028-01-01; at most 400 days', instantOption)
        .action(advance),
    )
    .addCommand(new Command('list').description('Lists the tenants on test clocks.').action(list))
}

async function create(tenantId: string, { now }: { now: Temporal.Instant }): Promise<void> {
  const clock = await withTollgate(({ testClocks }) => testClocks.create({ tenantId, now }))
  note(`The clock of "${tenantId}" shows ${clock.now.toString()}. Its invoices have numbers that start with TEST-, and it does not count as revenue.`)
  print(tenantId)
}

async function advance(tenantId: string, { to }: { to: Temporal.Instant }): Promise<void> {
  const { clock, invoices, reminders, lateFees, failures } = await withTollgate(({ advanceTestClock }) => advanceTestClock({ tenantId, to }))
  for (const { message } of failures) note(message)
  print(`The clock shows ${clock.now.toString()}: ${invoices} invoices, ${reminders} reminders, ${lateFees} late fees.`)
}

async function list(): Promise<void> {
  const clocks = await withTollgate(async ({ testClocks }) => testClocks.all())
  if (clocks.length === 0) return note('No tenant is on a test clock.')
  print(
    table(
      ['tenant', 'shows', 'advancing to'].map(heading => ({ heading })),
      clocks.map(({ tenantId, now, target }) => [tenantId, now.toString(), target.equals(now) ? '-' : target.toString()]),
    ),
  )
}
