import { Link } from '@tanstack/react-router'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatAmount, formatCount, formatShare } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { TOP_CONSUMERS } from './overview.operations.ts'

/** The tenants that cost most in the period. Waits until its range is known. */
export function TopConsumers({ range }: { readonly range: { readonly from: string; readonly to: string } | undefined }) {
  const read = useRead(TOP_CONSUMERS, { range: range ?? { from: '', to: '' } }, { isPaused: range === undefined })
  return (
    <Card title="Top consumers">
      <Shown read={read}>
        {({ topConsumers }) => (
          <DataTable
            caption="Top consumers"
            rows={topConsumers}
            keyOf={({ tenant }) => tenant.id}
            empty={<Empty title="No tenant has usage in this period." />}
            columns={[
              {
                header: 'Tenant',
                cell: ({ tenant }) => (
                  <Link to="." search={(before: object) => ({ ...before, tenant: tenant.id })} className="text-accent underline">
                    {tenant.name}
                  </Link>
                ),
              },
              { header: 'Calls', isNumber: true, cell: ({ measures }) => formatCount(measures.calls) },
              { header: 'Errors', isNumber: true, cell: ({ measures }) => formatShare(measures.errorRate) },
              { header: 'Cost', isNumber: true, cell: ({ measures }) => formatAmount(measures.cost, measures.currency) },
            ]}
          />
        )}
      </Shown>
    </Card>
  )
}
