import type { Decimal, Temporal } from '@tollgate/kernel'
import { Command } from 'commander'
import { counted } from '../../../cli/counted.ts'
import { decimalOption, instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { readInvoiceId } from '../ids.ts'
import { PaymentId } from '../payments/ids.ts'

interface RecordOptions {
  readonly key: string
  readonly invoice?: string
  readonly currency?: string
  readonly received?: Temporal.Instant
  readonly reference?: string
}

/** `tollgate payments` */
export function paymentsCommand(): Command {
  return new Command('payments').description('Records payments.').addCommand(
    new Command('record')
      .description('Records money that was received, such as a bank transfer, and pays invoices with it. Prints the id of the payment.')
      .argument('<tenant>', 'id of the tenant')
      .argument('<amount>', 'amount, above 0', decimalOption)
      .requiredOption('--key <key>', 'idempotency key, unique in the tenant: the same payment again records nothing')
      .option('--invoice <id>', 'invoice that it is meant for, "inv_…" (default: the oldest that are due)')
      .option('--currency <code>', 'ISO 4217 code (default: that of the invoice)')
      .option('--received <time>', 'when it was received (default: now)', instantOption)
      .option('--reference <text>', 'what the payer wrote')
      .action(async (tenantId: string, amount: Decimal, { key, invoice, currency, received, reference }: RecordOptions) => {
        const { payment, isRepeat } = await withTollgate(async ({ accounts, payments }) => {
          await accounts.requireTenant(tenantId)
          const invoiceId = invoice === undefined ? null : readInvoiceId(invoice).invoiceId
          return payments.record({
            tenantId,
            amount,
            invoiceId,
            currency: currency ?? null,
            receivedAt: received ?? null,
            reference: reference ?? null,
            idempotencyKey: key,
          })
        })
        const left = payment.unallocated.isZero() ? '' : ` ${payment.unallocated.toFixed()} ${payment.currency} stay as balance.`
        note(
          isRepeat
            ? 'This key was used for the same payment before. Nothing was recorded now.'
            : `It pays ${counted(payment.allocations.length, 'invoice')}.${left}`,
        )
        print(PaymentId.encode(`${tenantId}:${payment.id}`))
      }),
  )
}

/** `tollgate collections` */
export function collectionsCommand(): Command {
  return new Command('collections').description('Manages the collection of unpaid invoices.').addCommand(
    new Command('run')
      .description('Sends reminders and charges late fees that are due. The server does this every hour.')
      .option('--tenant <id>', 'only of this tenant')
      .action(async ({ tenant }: { readonly tenant?: string }) => {
        const run = await withTollgate(async ({ accounts, collections }) => {
          if (tenant !== undefined) await accounts.requireTenant(tenant)
          return collections.run({ tenantIds: tenant === undefined ? undefined : [tenant] })
        })
        const { tenants, reminders, lateFees, uncollectible } = run
        print(
          [counted(tenants, 'tenant'), counted(reminders, 'reminder'), counted(lateFees, 'late fee'), counted(uncollectible, 'uncollectible invoice')].join(
            ', ',
          ),
        )
      }),
  )
}
