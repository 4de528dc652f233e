import { Link } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { textIn, useView } from '../../app/use-view.ts'
import { useScope } from '../../app/viewer-context.ts'
import { usePages } from '../../graphql/use-pages.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatAmount, formatCompact, formatCount, formatShare } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { CreateTenant } from './create-tenant.tsx'
import { EditTenant } from './edit-tenant.tsx'
import { matchesTenant } from './matches-tenant.ts'
import { type TenantRowFragment, TENANTS, TENANTS_USAGE } from './tenants.operations.ts'

/** All tenants, with their usage of this month. */
export function TenantList() {
  const mayWrite = useScope('tenants:write')
  const readsTenants = useScope('tenants:read')
  const showsCosts = useScope('costs:read')
  const [searched, change] = useView(search => textIn(search, 'search') ?? '')
  const [isCreating, setCreating] = useState(false)
  const [edited, setEdited] = useState<TenantRowFragment>()
  const [said, setSaid] = useState<string>()
  const pages = usePages(TENANTS, readsTenants ? {} : undefined, ({ tenants }) => tenants, 100)
  const usage = useRead(TENANTS_USAGE, {})
  const byTenant = useMemo(() => new Map(usage.data?.usage.breakdown.map(({ key, measures }) => [key[0]?.value, measures])), [usage.data])
  const { hasMore, isLoading, error, loadMore, restart } = pages
  const rows = pages.items.filter(tenant => matchesTenant(tenant, searched))

  // A search is for all tenants, not only for those that happen to be loaded.
  const isSearching = searched !== '' && hasMore && !isLoading && error === undefined && pages.items.length > 0
  useEffect(() => {
    if (isSearching) loadMore()
  }, [isSearching, loadMore])

  const done = (text: string) => {
    setSaid(text)
    setCreating(false)
    setEdited(undefined)
    restart()
  }
  return (
    <Frame
      title="Tenants"
      about="The accounts that are isolated, limited and billed, with their usage of this month in UTC."
      actions={
        mayWrite && (
          <Button look="primary" onClick={() => setCreating(true)}>
            Create a tenant
          </Button>
        )
      }
    >
      <Said text={said} />
      <Card>
        <TextField
          label="Search"
          type="search"
          className="mb-3 max-w-md"
          placeholder="Id, name, plan, time zone or currency"
          value={searched}
          onChange={({ target: { value } }) => change({ search: value === '' ? undefined : value }, { replace: true })}
        />
        {!readsTenants ? (
          <Empty title="Your key may not list tenants.">It needs the scope tenants:read.</Empty>
        ) : error !== undefined && pages.items.length === 0 ? (
          <Failed error={error} onRetry={loadMore} />
        ) : pages.items.length === 0 && hasMore ? (
          <Loading what="Loading tenants" lines={8} />
        ) : (
          <>
            <DataTable
              caption="Tenants"
              rows={rows}
              keyOf={({ id }) => id}
              empty={
                searched === '' ? (
                  <Empty title="There is no tenant yet.">Create the first one, and then a key for it.</Empty>
                ) : isLoading || hasMore ? (
                  <Loading what="Searching" />
                ) : (
                  <Empty title={`No tenant matches “${searched}”.`} />
                )
              }
              columns={[
                {
                  header: 'Tenant',
                  className: 'min-w-56 max-w-72 break-words',
                  cell: ({ id, name, testClock }) => (
                    <>
                      <Link to="/tenants" search={{ tenant: id }} className="text-accent underline">
                        {name}
                      </Link>
                      {testClock !== null && (
                        <>
                          {' '}
                          <Badge>on a test clock</Badge>
                        </>
                      )}
                      {name !== id && <div className="text-xs break-all text-muted">{id}</div>}
                    </>
                  ),
                },
                { header: 'Plan', className: 'max-w-40 break-words', cell: ({ tier }) => tier ?? <span className="text-muted">none</span> },
                { header: 'Time zone', cell: ({ timeZone }) => timeZone },
                { header: 'Currency', cell: ({ currency }) => currency },
                { header: 'Calls', isNumber: true, cell: ({ id }) => formatCount(byTenant.get(id)?.calls ?? 0) },
                { header: 'Tokens', isNumber: true, cell: ({ id }) => formatCompact(byTenant.get(id)?.tokens.total ?? 0) },
                { header: 'Errors', isNumber: true, cell: ({ id }) => formatShare(byTenant.get(id)?.errorRate ?? 0) },
                ...(showsCosts
                  ? [
                      {
                        header: 'Cost',
                        isNumber: true,
                        cell: ({ id }: TenantRowFragment) => formatAmount(byTenant.get(id)?.cost ?? '0', byTenant.get(id)?.currency ?? 'USD'),
                      },
                    ]
                  : []),
                { header: 'Created', cell: ({ createdAt }) => <Time at={createdAt} style="day" /> },
                ...(mayWrite
                  ? [
                      {
                        header: <span className="sr-only">Change</span>,
                        cell: (tenant: TenantRowFragment) => (
                          <LinkButton onClick={() => setEdited(tenant)} aria-label={`Change ${tenant.name}`}>
                            Change
                          </LinkButton>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
            <LoadMore part={{ first: pages.items.length, max: Infinity, showMore: loadMore }} hasMore={hasMore} isLoading={isLoading} />
          </>
        )}
      </Card>
      {isCreating && <CreateTenant onDone={done} onClose={() => setCreating(false)} />}
      {edited !== undefined && <EditTenant tenant={edited} onDone={done} onClose={() => setEdited(undefined)} />}
    </Frame>
  )
}
