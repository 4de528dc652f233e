import { Link } from '@tanstack/react-router'
import { useScope, useViewer } from '../app/viewer-context.ts'
import { useRead } from '../graphql/use-read.ts'
import { limitName } from '../pages/quotas/quota-name.ts'
import { Badge } from '../ui/badge.tsx'
import { Card } from '../ui/card.tsx'
import { formatDecimal } from '../ui/format.ts'
import { Meter } from '../ui/meter.tsx'
import { Empty, Shown } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { ACCOUNT_QUOTAS, type AccountQuotasQuery } from './account.operations.ts'
import type { Account } from './account.ts'
import { useFresh } from './use-fresh.ts'

type Quota = AccountQuotasQuery['quotaStatus']['quotas'][number]

/** The quotas, as bars, with the times when they reset. Of limits for each customer, model and so on, those that are used most. */
export function AccountQuotas({ tenantId, customerId }: Account) {
  const isAllowed = useScope('quotas:read')
  const leadsOn = useViewer().customerId === null
  const read = useRead(ACCOUNT_QUOTAS, { tenantId, customerId }, { isPaused: !isAllowed })
  useFresh(read.refresh)
  if (!isAllowed) return null
  return (
    <Card
      title="Quotas"
      actions={
        leadsOn && (
          <Link to="/quotas" search={{ tenant: tenantId ?? undefined }} className="text-accent underline">
            All quotas
          </Link>
        )
      }
    >
      <Shown read={read}>
        {({ quotaStatus: { quotas } }) =>
          quotas.length === 0 ? (
            <Empty title="No quota applies.">Usage is not limited here.</Empty>
          ) : (
            <ul className="flex flex-col gap-4">
              {quotas.map(quota => (
                <QuotaBar
                  key={JSON.stringify([quota.metric, quota.operation, quota.window, quota.scope, quota.scopeValue, quota.policy.sliding])}
                  quota={quota}
                />
              ))}
            </ul>
          )
        }
      </Shown>
    </Card>
  )
}

function QuotaBar({ quota }: { readonly quota: Quota }) {
  const { used, limit, percentage, exceeded, resetsAt, scopeValue, policy } = quota
  const limited = limitName({ ...quota, sliding: policy.sliding })
  const name = scopeValue.length === 0 ? limited : `${limited}: ${scopeValue.map(value => value ?? 'none').join(', ')}`
  return (
    <li className="min-w-0">
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="min-w-0 break-words">
          {name} {exceeded && <Badge tone="bad">used up</Badge>}
        </span>
        <span className="text-muted tabular-nums">
          {formatDecimal(used)} of {limit === null ? 'no limit' : formatDecimal(limit)}
        </span>
      </div>
      {percentage !== null && <Meter label={name} percent={Number(percentage)} />}
      <div className="text-xs text-muted">
        Resets <Time at={resetsAt} />
      </div>
    </li>
  )
}
