import { useTenant } from '../../app/tenant-context.ts'
import { choiceIn, useView } from '../../app/use-view.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { SelectField } from '../../ui/field.tsx'
import { formatAmount, wordOf } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { InvoiceStatus } from './invoice-status.tsx'
import { INVOICES } from './invoices.operations.ts'

const PAGE = 20
const MAX = 100
const STATUSES = ['DRAFT', 'FINALIZED', 'SENT', 'PARTIALLY_PAID', 'PAID', 'OVERDUE', 'VOID', 'UNCOLLECTIBLE'] as const

/** Invoices and credit notes, latest first. */
export function InvoiceList({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const { tenantId } = useTenant()
  const [status, change] = useView(search => choiceIn(search, 'status', STATUSES))
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const read = useRead(INVOICES, { tenantId: tenantId ?? null, status: status ?? null, first })
  return (
    <Card
      title="All invoices"
      actions={
        <SelectField
          label="Status"
          isLabelHidden
          choices={[{ value: '', label: 'Every status' }, ...STATUSES.map(value => ({ value, label: wordOf(value) }))]}
          value={status ?? ''}
          onChange={({ target: { value } }) => change({ status: value === '' ? undefined : value })}
        />
      }
    >
      <Shown read={read} lines={8}>
        {({ invoices: { nodes, pageInfo } }) => (
          <>
            <DataTable
              caption="Invoices"
              rows={nodes}
              keyOf={({ id }) => id}
              empty={<Empty title="There is no invoice.">Invoices are made when the billing period of a subscription ends.</Empty>}
              columns={[
                {
                  header: 'Number',
                  className: 'min-w-44',
                  cell: ({ id, number, kind }) => (
                    <LinkButton onClick={() => onOpen(id)}>{number ?? (kind === 'CREDIT_NOTE' ? 'draft credit note' : 'draft')}</LinkButton>
                  ),
                },
                { header: 'For', cell: ({ buyerName, tenantId: tenant }) => buyerName || tenant, className: 'min-w-40 max-w-64 break-words' },
                { header: 'Period from', cell: ({ periodFrom }) => <Time at={periodFrom} style="day" /> },
                { header: 'Status', cell: ({ status: state }) => <InvoiceStatus status={state} /> },
                { header: 'Due', cell: ({ dueAt }) => <Time at={dueAt} style="day" /> },
                { header: 'Total', isNumber: true, cell: ({ total, currency }) => formatAmount(total, currency) },
                { header: 'To pay', isNumber: true, cell: ({ amountDue, currency }) => formatAmount(amountDue, currency) },
              ]}
            />
            <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
          </>
        )}
      </Shown>
    </Card>
  )
}
