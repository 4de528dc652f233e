import { useTenant } from '../../app/tenant-context.ts'
import { useView, textIn } from '../../app/use-view.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { formatDecimal } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { ENFORCEMENTS } from './enforcements.ts'
import { QuotaHistory } from './quota-history.tsx'
import { limitName, quotaKey, valueName } from './quota-name.ts'
import { QUOTAS_NEAR_LIMIT, QUOTAS_OF_TENANT, type QuotaRowFragment } from './quotas.operations.ts'

const PAGE = 50

/** The quotas of the tenant with any usage; without a tenant, those of all that are near their limit. */
export function QuotaList() {
  const { tenantId } = useTenant()
  const part = useFirst(PAGE, 1_000)
  const { first } = part
  const all = useRead(QUOTAS_NEAR_LIMIT, { atLeastPercent: '50', first, after: null }, { isPaused: tenantId !== undefined })
  const own = useRead(QUOTAS_OF_TENANT, { tenantId: tenantId ?? null, first, after: null }, { isPaused: tenantId === undefined })
  const read = tenantId === undefined ? { ...all, data: all.data?.exceededQuotas } : { ...own, data: own.data?.quotaUsage }
  return (
    <Card title="Used now">
      <Shown read={read}>
        {({ nodes, pageInfo }) => (
          <>
            <Rows rows={nodes} showsTenant={tenantId === undefined} />
            <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
          </>
        )}
      </Shown>
    </Card>
  )
}

function Rows({ rows, showsTenant }: { readonly rows: readonly QuotaRowFragment[]; readonly showsTenant: boolean }) {
  const [opened, change] = useView(search => textIn(search, 'quota'))
  const found = rows.find(row => quotaKey(row) === opened)
  const columns: Column<QuotaRowFragment>[] = [
    ...(showsTenant ? [{ header: 'Tenant', cell: ({ tenant }: QuotaRowFragment) => tenant.name, className: 'break-words' }] : []),
    {
      header: 'Quota',
      className: 'min-w-40 max-w-80 break-words',
      cell: row => <LinkButton onClick={() => change({ quota: quotaKey(row) })}>{limitName(row.policy)}</LinkButton>,
    },
    { header: 'For', cell: row => valueName(row), className: 'min-w-32 max-w-64 break-words' },
    { header: 'Used', isNumber: true, cell: ({ used }) => formatDecimal(used) },
    { header: 'Limit', isNumber: true, cell: ({ limit }) => (limit === null ? 'no limit' : formatDecimal(limit)) },
    {
      header: 'Share',
      className: 'w-44',
      cell: ({ percentage, policy }) => (percentage === null ? '–' : <Meter label={limitName(policy)} percent={Number(percentage)} />),
    },
    { header: 'Resets', cell: ({ resetsAt }) => <Time at={resetsAt} style="soon" /> },
    { header: 'When reached', cell: ({ enforcement, exceeded }) => <Badge tone={exceeded ? 'bad' : 'neutral'}>{ENFORCEMENTS[enforcement]}</Badge> },
  ]
  return (
    <>
      <DataTable
        caption="Quotas"
        columns={columns}
        rows={rows}
        keyOf={quotaKey}
        empty={
          <Empty title={showsTenant ? 'No tenant has used half of a quota.' : 'Nothing is used of any quota yet.'}>
            Quotas appear here with the first usage that they count.
          </Empty>
        }
      />
      {found !== undefined && <QuotaHistory row={found} onClose={() => change({ quota: undefined })} />}
    </>
  )
}
