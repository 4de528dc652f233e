import { useTenant } from '../../app/tenant-context.ts'
import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { OPEN_ALERTS } from './overview.operations.ts'

/** Alerts that are open now. */
export function OpenAlerts() {
  const { tenantId } = useTenant()
  const isAllowed = useScope('usage:read')
  const read = useRead(OPEN_ALERTS, { tenantId: tenantId ?? null }, { isPaused: !isAllowed })
  if (!isAllowed) return null
  return (
    <Card title="Open alerts">
      <Shown read={read}>
        {({ alerts: { nodes } }) =>
          nodes.length === 0 ? (
            <Empty title="No alert is open." />
          ) : (
            <ul className="flex flex-col gap-3">
              {nodes.map(({ id, kind, message, raisedAt, tenant }) => (
                <li key={id} className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
                  <Badge tone="warn">{wordOf(kind)}</Badge>
                  <span className="min-w-0 break-words">{message}</span>
                  <span className="text-xs text-muted">
                    {tenant?.name ?? 'all tenants'}, since <Time at={raisedAt} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  )
}
