import { type ReactNode, useState } from 'react'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatAmount, formatDecimal, wordOf } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { InvoiceActions } from './invoice-actions.tsx'
import { InvoicePayments } from './invoice-payments.tsx'
import { InvoiceStatus } from './invoice-status.tsx'
import { ONE_INVOICE, type OneInvoiceQuery } from './invoices.operations.ts'
import { LineEvents } from './line-events.tsx'

type Invoice = NonNullable<OneInvoiceQuery['invoice']>

export interface InvoiceDetailsProps {
  readonly id: string
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

/** An invoice: its amounts, its lines down to the events, the document, and what can be done with it. */
export function InvoiceDetails({ id, onDone, onClose }: InvoiceDetailsProps) {
  const read = useRead(ONE_INVOICE, { id })
  return (
    <Shown read={read} lines={10}>
      {({ invoice }) =>
        invoice === null ? (
          <Card>
            <Empty title="There is no such invoice.">
              <Button onClick={onClose}>Show all invoices</Button>
            </Empty>
          </Card>
        ) : (
          <Details invoice={invoice} onDone={onDone} onClose={onClose} />
        )
      }
    </Shown>
  )
}

function Details({ invoice, onDone, onClose }: { readonly invoice: Invoice } & Omit<InvoiceDetailsProps, 'id'>) {
  const { kind: viewer } = useViewer()
  const mayChange = useScope('billing:write') && viewer === 'OPERATOR'
  const [explained, setExplained] = useState<string>()
  const { number, kind, status, buyerName, tenantId, currency, periodFrom, periodTo, dueAt, lines, htmlUrl, pdfUrl, xmlUrl } = invoice
  const amount = (value: string) => formatAmount(value, currency)
  const title = `${kind === 'CREDIT_NOTE' ? 'Credit note' : 'Invoice'} ${number ?? '(draft)'}`
  return (
    <>
      <Card
        title={title}
        actions={
          <>
            <Button onClick={onClose}>All invoices</Button>
            <DocumentLink url={pdfUrl} label="PDF" />
            {xmlUrl !== null && <DocumentLink url={xmlUrl} label="XML" />}
          </>
        }
      >
        <dl className="grid grid-cols-2 gap-x-6 gap-y-2 md:grid-cols-4">
          <Fact name="For">{buyerName || tenantId}</Fact>
          <Fact name="Status">
            <InvoiceStatus status={status} />
          </Fact>
          <Fact name="Period">
            <Time at={periodFrom} style="day" /> to <Time at={periodTo} style="day" />
          </Fact>
          <Fact name="Due">
            <Time at={dueAt} style="day" />
          </Fact>
          <Fact name="Before tax">{amount(invoice.subtotal)}</Fact>
          <Fact name="Discounts">{amount(invoice.discountTotal)}</Fact>
          <Fact name="Paid with credits">{amount(invoice.creditTotal)}</Fact>
          <Fact name="Tax">{amount(invoice.taxTotal)}</Fact>
          <Fact name="Total">
            <strong>{amount(invoice.total)}</strong>
          </Fact>
          <Fact name="Paid">{amount(invoice.amountPaid)}</Fact>
          <Fact name="To pay">
            <strong>{amount(invoice.amountDue)}</strong>
          </Fact>
        </dl>
        {mayChange && <InvoiceActions invoice={invoice} onDone={onDone} />}
      </Card>
      <Card title="Lines">
        <DataTable
          caption={`Lines of ${title}`}
          rows={lines}
          keyOf={({ id }) => id}
          empty={<Empty title="There are no lines." />}
          columns={[
            {
              header: 'What',
              className: 'min-w-44 max-w-96',
              cell: ({ id, description }) => <LinkButton onClick={() => setExplained(id)}>{description}</LinkButton>,
            },
            { header: 'Quantity', isNumber: true, cell: ({ quantity, unit }) => `${formatDecimal(quantity)} ${wordOf(unit)}` },
            { header: 'Amount', isNumber: true, cell: line => amount(line.amount) },
            { header: 'After discounts', isNumber: true, cell: line => amount(line.netAmount) },
            { header: 'Tax', isNumber: true, cell: line => amount(line.taxAmount) },
          ]}
        />
        {explained !== undefined && <LineEvents id={explained} onClose={() => setExplained(undefined)} />}
      </Card>
      {kind === 'INVOICE' && number !== null && <InvoicePayments {...{ tenantId, onDone }} invoiceId={invoice.id} mayRefund={mayChange} />}
      <Card title="As its recipient sees it">
        <iframe title={title} src={pathOf(htmlUrl)} sandbox="" className="h-[70vh] w-full rounded border border-line bg-white" />
      </Card>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  )
}

function DocumentLink({ url, label }: { readonly url: string; readonly label: string }) {
  return (
    <a href={pathOf(url)} download className="inline-flex min-h-9 items-center rounded-md border border-line px-3 font-medium hover:bg-sunken">
      {label}
    </a>
  )
}

/** Links name the public address of the server. This page is served by it, maybe at another one. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url, location.origin)
  return pathname + search
}
