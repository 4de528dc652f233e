import { INVOICE_STATUSES, type InvoiceStatus } from '@tollgate/invoicing'
import type { Billing, StoredInvoice } from '@tollgate/invoicing/billing'
import { type Decimal, NotFound, OPERATOR_SCOPE } from '@tollgate/kernel'
import { Command, Option } from 'commander'
import { decimalOption, wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { InvoiceId, readInvoiceId } from '../ids.ts'
import { emailInvoice } from '../mail/email-invoice.ts'
import { emailId } from '../mail/ids.ts'
import { renderInvoiceCommand } from './render-invoice.ts'
import { showInvoice } from './show-invoice.ts'

/** `tollgate invoices` */
export function invoicesCommand(): Command {
  return new Command('invoices')
    .description('Lists, shows, renders and changes invoices.')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(renderInvoiceCommand())
    .addCommand(changeCommand('finalize', 'Gives a draft a number.', (billing, tenantId, id) => billing.finalize(tenantId, id)))
    .addCommand(
      changeCommand(
        'void',
        'Voids an invoice that was issued in error and not paid.',
        async (billing, tenantId, id) => (await billing.void(tenantId, id)).invoice,
      ),
    )
    .addCommand(
      changeCommand('sent', 'Records that an invoice was sent to its tenant.', async (billing, tenantId, id) => (await billing.markSent(tenantId, id)).invoice),
    )
    .addCommand(
      changeCommand(
        'uncollectible',
        'Marks an invoice as uncollectible.',
        async (billing, tenantId, id) => (await billing.markUncollectible(tenantId, id)).invoice,
      ),
    )
    .addCommand(emailCommand())
    .addCommand(creditCommand())
}

interface ListOptions {
  readonly tenant?: string
  readonly status?: InvoiceStatus
  readonly first: number
}

function listCommand(): Command {
  return new Command('list')
    .description('Lists invoices and credit notes, latest period first.')
    .option('--tenant <id>', 'only of this tenant (default: all)')
    .addOption(new Option('--status <status>', 'only with this status (default: all)').choices(INVOICE_STATUSES))
    .option('--first <count>', 'maximum number, 1 to 100', wholeNumberOption(1, 100), 20)
    .action(async ({ tenant: tenantId, status, first }: ListOptions) => {
      const { items, hasMore } = await withTollgate(({ billing }) => billing.invoices(OPERATOR_SCOPE, { tenantId, status, first }))
      const headings = [{ heading: 'id' }, { heading: 'number' }, { heading: 'status' }, { heading: 'period to' }]
      const rows = items.map(invoice => [
        InvoiceId.encode(`${invoice.tenantId}:${invoice.id}`),
        invoice.number ?? '-',
        invoice.status,
        invoice.period.to.toString({ smallestUnit: 'second' }),
        `${invoice.total.toFixed()} ${invoice.currency}`,
        invoice.amountDue.toFixed(),
      ])
      print(table([...headings, { heading: 'total', align: 'end' }, { heading: 'due', align: 'end' }], rows))
      if (hasMore) note('There are more; pass a larger --first.')
    })
}

function showCommand(): Command {
  return new Command('show')
    .description('Shows an invoice with its lines.')
    .argument('<id>', 'id of the invoice: inv_…')
    .action(async (id: string) => {
      const { invoiceId } = readInvoiceId(id)
      const invoice = await withTollgate(({ billing }) => billing.invoice(OPERATOR_SCOPE, invoiceId))
      if (invoice === undefined) throw new NotFound('invoice', id)
      showInvoice(invoice)
    })
}

type Change = (billing: Billing, tenantId: string, id: string) => Promise<StoredInvoice>

function changeCommand(name: string, description: string, change: Change): Command {
  return new Command(name)
    .description(description)
    .argument('<id>', 'id of the invoice: inv_…')
    .action(async (id: string) => {
      const { tenantId, invoiceId } = readInvoiceId(id)
      const { number, status } = await withTollgate(({ billing }) => change(billing, tenantId, invoiceId))
      print(`${number ?? id}: ${status}`)
    })
}

function emailCommand(): Command {
  return new Command('email')
    .description('Sends a finalised invoice by e-mail, also if it was sent before. The server sends it.')
    .argument('<id>', 'id of the invoice: inv_…')
    .option('--to <address>', 'address (default: the one on the invoice, or of the billing profile)')
    .action(async (id: string, { to }: { readonly to?: string }) => {
      const email = await withTollgate(tollgate => emailInvoice(tollgate, { ...readInvoiceId(id), to }))
      print(`${emailId(email)}: ${email.state}, to ${email.to}`)
    })
}

interface CreditOptions {
  readonly amount?: Decimal
  readonly reason: string
  readonly key: string
}

function creditCommand(): Command {
  return new Command('credit')
    .description('Issues a credit note for an invoice.')
    .argument('<id>', 'id of the invoice: inv_…')
    .requiredOption('--reason <text>', 'printed on the credit note')
    .requiredOption('--key <text>', 'idempotency key: the same credit note again issues nothing')
    .option('--amount <amount>', 'amount to give back, with tax (default: everything that remains)', decimalOption)
    .action(async (id: string, { amount, reason, key }: CreditOptions) => {
      const { tenantId, invoiceId } = readInvoiceId(id)
      const contents = amount === undefined ? ({ kind: 'full' } as const) : ({ kind: 'amount', amount } as const)
      const creditNote = await withTollgate(({ billing }) => billing.issueCreditNote({ tenantId, invoiceId, contents, reason, idempotencyKey: key }))
      print(`${creditNote.number ?? ''}: ${creditNote.total.toFixed()} ${creditNote.currency}`)
    })
}
