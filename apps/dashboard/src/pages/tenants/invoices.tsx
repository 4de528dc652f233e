import { Link } from '@tanstack/react-router'
import { useTenant } from '../../app/tenant-context.ts'
import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatAmount, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { TENANT_INVOICES } from './tenants.operations.ts'

const TONES: Readonly<Record<string, Tone>> = { PAID: 'good', OVERDUE: 'bad', UNCOLLECTIBLE: 'bad', PARTIALLY_PAID: 'warn' }

/** The latest invoices of the tenant. */
export function Invoices() {
  const { tenantId } = useTenant()
  const isAllowed = useScope('billing:read')
  const read = useRead(TENANT_INVOICES, { tenantId: tenantId ?? null }, { isPaused: !isAllowed })
  if (!isAllowed) return null
  return (
    <Card
      title="Invoices"
      actions={
        <Link to="/invoices" search={{ tenant: tenantId }} className="text-accent underline">
          All invoices
        </Link>
      }
    >
      <Shown read={read}>
        {({ invoices: { nodes } }) => (
          <DataTable
            caption="Latest invoices"
            rows={nodes}
            keyOf={({ id }) => id}
            empty={<Empty title="There is no invoice yet." />}
            columns={[
              {
                header: 'Invoice',
                cell: ({ id, number, kind }) => (
                  <Link to="/invoices" search={{ tenant: tenantId, invoice: id }} className="whitespace-nowrap text-accent underline">
                    {number ?? wordOf(kind)}
                  </Link>
                ),
              },
              { header: 'From', cell: ({ periodFrom }) => <Time at={periodFrom} style="day" /> },
              { header: 'Status', cell: ({ status }) => <Badge tone={TONES[status] ?? 'neutral'}>{wordOf(status)}</Badge> },
              { header: 'Total', isNumber: true, cell: ({ total, currency }) => formatAmount(total, currency) },
              { header: 'Due', isNumber: true, cell: ({ amountDue, currency }) => formatAmount(amountDue, currency) },
            ]}
          />
        )}
      </Shown>
    </Card>
  )
}
