import { useScope } from '../app/viewer-context.ts'
import { useRead } from '../graphql/use-read.ts'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { ACCOUNT_ALERTS } from './account.operations.ts'
import type { Account } from './account.ts'
import { recentAlerts } from './recent-alerts.ts'
import { useFresh } from './use-fresh.ts'

/** The latest alerts of quotas and of credits. */
export function AccountAlerts({ tenantId, customerId }: Account) {
  const [quotas, credits] = [useScope('quotas:read'), useScope('credits:read')]
  const read = useRead(ACCOUNT_ALERTS, { tenantId, customerId, quotas, credits }, { isPaused: !quotas && !credits })
  useFresh(read.refresh)
  if (!quotas && !credits) return null
  return (
    <Card title="Alerts of quotas and credits">
      <Shown read={read}>
        {data => {
          const alerts = recentAlerts(data, customerId)
          if (alerts.length === 0) return <Empty title="There was no alert yet.">Quotas and wallets alert when a threshold is reached.</Empty>
          return (
            <ul className="flex flex-col gap-3">
              {alerts.map(({ id, kind, text, isOver, at }) => (
                <li key={id} className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
                  <Badge tone={isOver ? 'bad' : 'warn'}>{kind}</Badge>
                  <span className="min-w-0 break-words">{text}</span>
                  <span className="text-xs text-muted">
                    <Time at={at} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }}
      </Shown>
    </Card>
  )
}
