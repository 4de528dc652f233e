import { Link } from '@tanstack/react-router'
import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { wordOf } from '../../ui/format.ts'
import { Meter } from '../../ui/meter.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { NEAR_LIMITS } from './overview.operations.ts'

/** Tenants over or near a quota. */
export function NearLimits() {
  const isAllowed = useScope('quotas:read')
  const read = useRead(NEAR_LIMITS, {}, { isPaused: !isAllowed })
  if (!isAllowed) return null
  return (
    <Card title="Over or near a quota">
      <Shown read={read}>
        {({ exceededQuotas: { nodes } }) => (
          <DataTable
            caption="Quotas with at least 80 % used"
            rows={nodes}
            keyOf={({ tenant, metric, window, operation, scopeValue }) => [tenant.id, metric, window, operation, ...scopeValue].join(' ')}
            empty={<Empty title="No tenant has used 80 % of a quota." />}
            columns={[
              {
                header: 'Tenant',
                className: 'min-w-28 max-w-64 break-words',
                cell: ({ tenant }) => (
                  <Link to="/quotas" search={{ tenant: tenant.id }} className="text-accent underline">
                    {tenant.name}
                  </Link>
                ),
              },
              {
                header: 'Quota',
                className: 'min-w-24 max-w-64 break-words',
                cell: ({ metric, window, operation }) => `${wordOf(metric)} per ${wordOf(window)}${operation === null ? '' : ` of ${operation}`}`,
              },
              {
                header: 'Used',
                className: 'w-40 min-w-30',
                cell: ({ metric, percentage }) => <Meter label={wordOf(metric)} percent={Number(percentage ?? 100)} />,
              },
              { header: 'Resets', cell: ({ resetsAt }) => <Time at={resetsAt} style="soon" /> },
            ]}
          />
        )}
      </Shown>
    </Card>
  )
}
