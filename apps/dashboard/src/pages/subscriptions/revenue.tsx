import { useMemo } from 'react'
import { lastDays } from '../../app/last-days.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatAmount, formatCount } from '../../ui/format.ts'
import { Stat } from '../../ui/stat.tsx'
import { Shown } from '../../ui/states.tsx'
import { REVENUE } from './subscriptions.operations.ts'

const DAYS = 30

const MOVEMENTS = [
  { name: 'new', label: 'New subscriptions' },
  { name: 'expansion', label: 'Expansion: more seats, or a larger plan' },
  { name: 'reactivation', label: 'Reactivation: back after a cancellation' },
  { name: 'contraction', label: 'Contraction: fewer seats, or a smaller plan' },
  { name: 'churn', label: 'Churn: cancelled' },
] as const

/** Monthly recurring revenue now, and what moved it in the last 30 days. */
export function Revenue() {
  const since = useMemo(() => lastDays(DAYS).from, [])
  const read = useRead(REVENUE, { since, currency: null })
  return (
    <Shown read={read}>
      {({ recurringRevenue: { mrr, arr, currency, payingTenants, movements } }) => (
        <>
          <div className="grid grid-cols-2 gap-3 md:grid-cols-3">
            <Stat label="Monthly recurring revenue" value={formatAmount(mrr, currency)} />
            <Stat label="Yearly recurring revenue" value={formatAmount(arr, currency)} />
            <Stat label="Paying tenants" value={formatCount(payingTenants)} />
          </div>
          <Card title={`What moved it in the last ${DAYS} days`}>
            <DataTable
              caption="Movements of recurring revenue"
              rows={MOVEMENTS}
              keyOf={({ name }) => name}
              columns={[
                { header: 'Movement', cell: ({ label }) => label },
                { header: 'Per month', isNumber: true, cell: ({ name }) => formatAmount(movements[name], currency) },
              ]}
            />
          </Card>
        </>
      )}
    </Shown>
  )
}
