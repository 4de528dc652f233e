import { Link } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { AccountAlerts } from '../../account-view/account-alerts.tsx'
import { AccountCredits } from '../../account-view/account-credits.tsx'
import { AccountEvents } from '../../account-view/account-events.tsx'
import { AccountQuotas } from '../../account-view/account-quotas.tsx'
import { AccountUsage } from '../../account-view/account-usage.tsx'
import { filterOf } from '../../account-view/account.ts'
import { TenantContext, useTenant } from '../../app/tenant-context.ts'
import { useViewer } from '../../app/viewer-context.ts'
import { chartData } from '../../charts/chart-data.ts'
import { colorOf, otherColor } from '../../charts/palette.ts'
import { TimeChart } from '../../charts/time-chart.tsx'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { formatCompact } from '../../ui/format.ts'
import { Page as Frame } from '../../ui/page.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { CUSTOMER_SERIES, type CustomerSeriesQuery } from './customers.operations.ts'

/** One customer: what it uses, what limits it, what is left, and its latest events. */
export function CustomerDashboard({ customerId }: { readonly customerId: string }) {
  const { customerId: own } = useViewer()
  const tenant = useTenant()
  const account = { tenantId: tenant.tenantId ?? null, customerId }
  const read = useRead(CUSTOMER_SERIES, { tenantId: account.tenantId, filter: filterOf(account) })
  // A customer may not read its tenant, but its usage says in which zone the days of the tenant start.
  const zone = own === null ? tenant.timeZone : (read.data?.usage.timeZone ?? tenant.timeZone)
  const shown = useMemo(() => ({ ...tenant, timeZone: zone }), [tenant, zone])
  return (
    <TenantContext value={shown}>
      <Frame
        title={own === null ? customerId : 'Your usage'}
        about={own === null ? `A customer. Times are in ${zone}.` : `You are ${own}. Times are in ${zone}.`}
        actions={
          own === null && (
            <Link to="." search={(before: object) => ({ ...before, customer: undefined })} className="text-accent underline">
              All customers
            </Link>
          )
        }
      >
        <AccountUsage {...account} />
        <Card title="Calls of the last 30 days">
          <Shown read={read} lines={8}>
            {({ usage: { groupedSeries } }) =>
              groupedSeries.groupCount === 0 ? <Empty title="There is no usage in the last 30 days." /> : <ByModel groupedSeries={groupedSeries} />
            }
          </Shown>
        </Card>
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-4">
            <AccountQuotas {...account} />
            <AccountAlerts {...account} />
          </div>
          <AccountCredits {...account} />
        </div>
        <AccountEvents {...account} />
      </Frame>
    </TenantContext>
  )
}

function ByModel({ groupedSeries: { series, other, groupCount } }: { readonly groupedSeries: CustomerSeriesQuery['usage']['groupedSeries'] }) {
  const data = useMemo(() => {
    const largest = series.map(({ key, points }) => {
      const name = key[0]?.value ?? null
      return { key: `= ${name}`, label: name ?? 'none', color: colorOf('MODEL', name), points }
    })
    const rest = other === null ? [] : [{ key: 'other', label: `${groupCount - largest.length} others`, color: otherColor(), points: other }]
    return chartData([...largest, ...rest], ({ measures: { calls } }) => calls, Date.now())
  }, [series, other, groupCount])
  const format = useCallback((value: number) => formatCompact(value), [])
  return <TimeChart label="Calls by model (calls)" data={data} kind="stack" format={format} />
}
