import type { BillingProgress, BillingRunResult } from '@tollgate/invoicing/billing'
import type { Temporal } from '@tollgate/kernel'
import { Command } from 'commander'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { counted } from '../../../cli/counted.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { readTextFile } from '../../../cli/read-text-file.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { showInvoice } from './show-invoice.ts'

/** `tollgate billing` */
export function billingCommand(): Command {
  return new Command('billing')
    .description('Bills tenants, and shows what their next invoices will be.')
    .addCommand(runCommand())
    .addCommand(runsCommand())
    .addCommand(previewCommand())
    .addCommand(importRatesCommand())
}

interface RunOptions {
  readonly through: Temporal.Instant
  readonly tenant?: readonly string[]
  readonly drafts?: boolean
}

function runCommand(): Command {
  return new Command('run')
    .description('Bills all tenants whose billing periods have ended. Safe to repeat, also after it was interrupted: each period is billed once.')
    .requiredOption('--through <time>', 'bill the periods that end at or before this time, which must not be in the future', instantOption)
    .option('--tenant <id...>', 'only these tenants (default: all)')
    .option('--drafts', 'leave the next invoice of each subscription as a draft')
    .action(async ({ through, tenant, drafts = false }: RunOptions) => {
      reportRun(
        await withTollgate(async ({ accounts, billingRuns }) => {
          for (const id of tenant ?? []) await accounts.requireTenant(id)
          return billingRuns.run({ through, tenantIds: tenant, finalize: !drafts, onProgress: showRun })
        }),
      )
    })
}

function showRun({ tenants, invoices, drafts, failures, total = tenants }: BillingProgress & { readonly total: number | undefined }): void {
  note([`${tenants} of ${counted(total, 'tenant')}`, counted(invoices, 'invoice'), counted(drafts, 'draft'), counted(failures, 'failure')].join(', '))
}

function reportRun({ tenants, invoices, drafts, failures, firstFailures }: BillingRunResult): void {
  for (const { tenantId, message } of firstFailures) note(`${tenantId}: ${message}`)
  print(`Billed ${counted(tenants, 'tenant')}: ${counted(invoices, 'new invoice')}, ${counted(drafts, 'draft')}.`)
  if (failures === 0) return
  note(`${counted(failures, 'tenant')} could not be billed, or not completely. Solve the problems above, and run billing again.`)
  throw new CommandFailed()
}

const MAX_SHOWN = 20

function runsCommand(): Command {
  return new Command('runs').description(`Lists the last ${MAX_SHOWN} billing runs and how far they have come.`).action(async () => {
    const { items } = await withTollgate(({ billingRuns }) => billingRuns.list({ first: MAX_SHOWN }))
    if (items.length === 0) return note('There were no billing runs.')
    print(
      table(
        ['started', 'state', 'through', 'tenants', 'invoices', 'failures'].map(heading => ({ heading })),
        items.map(({ createdAt, state, through, tenants, total, invoices, failures }) => [
          createdAt.toString(),
          state,
          through.toString(),
          `${tenants} of ${total ?? '?'}`,
          String(invoices),
          String(failures),
        ]),
      ),
    )
  })
}

function previewCommand(): Command {
  return new Command('preview')
    .description('Shows what the next invoice of a tenant would be if its billing period ended now.')
    .requiredOption('--tenant <id>', 'the tenant')
    .action(async ({ tenant }: { readonly tenant: string }) => {
      const invoice = await withTollgate(async ({ accounts, billing }) => {
        await accounts.requireTenant(tenant)
        return billing.preview(tenant)
      })
      if (invoice === undefined) note(`The tenant ${tenant} has no subscription that is billed.`)
      else showInvoice(invoice)
    })
}

function importRatesCommand(): Command {
  return new Command('import-rates')
    .description('Imports exchange rates from a CSV file: with the columns date, base, quote and rate, or as the European Central Bank publishes them.')
    .argument('<file>', 'the file')
    .requiredOption('--source <name>', 'who published the rates, such as ECB')
    .action(async (file: string, { source }: { readonly source: string }) => {
      const text = await readTextFile(file)
      const added = await withTollgate(({ billing }) => billing.importRates({ text, source }))
      print(`Imported ${counted(added, 'new exchange rate')}.`)
    })
}
