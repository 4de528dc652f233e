import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { AccountAlerts } from '../../account-view/account-alerts.tsx'
import { AccountCredits } from '../../account-view/account-credits.tsx'
import { AccountEvents } from '../../account-view/account-events.tsx'
import { AccountQuotas } from '../../account-view/account-quotas.tsx'
import { AccountUsage } from '../../account-view/account-usage.tsx'
import { useTenant } from '../../app/tenant-context.ts'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Empty } from '../../ui/states.tsx'
import { OpenAlerts } from '../overview/open-alerts.tsx'
import { EditTenant } from './edit-tenant.tsx'
import { Invoices } from './invoices.tsx'
import { ONE_TENANT } from './tenants.operations.ts'

/** One tenant at a glance: what it uses today, what limits it, what is left, and what it owes. */
export function TenantDashboard() {
  const { kind } = useViewer()
  const { tenantId } = useTenant()
  const mayWrite = useScope('tenants:write') && kind === 'OPERATOR'
  const readsTenants = useScope('tenants:read')
  const read = useRead(ONE_TENANT, { id: tenantId ?? null }, { isPaused: !readsTenants })
  const [isEditing, setEditing] = useState(false)
  const [said, setSaid] = useState<string>()
  const tenant = read.data?.tenant
  const account = { tenantId: tenantId ?? null, customerId: null }
  if (tenant === null) {
    return (
      <Frame title="Tenants">
        <Empty title={`There is no tenant "${tenantId}".`}>
          <Link to="/tenants" search={{}} className="text-accent underline">
            See all tenants
          </Link>
        </Empty>
      </Frame>
    )
  }
  return (
    <Frame
      title={kind === 'OPERATOR' ? (tenant?.name ?? tenantId ?? '') : 'Your account'}
      about={
        tenant &&
        [
          kind === 'OPERATOR' ? tenant.id : tenant.name,
          tenant.tier === null ? 'no plan' : `plan ${tenant.tier}`,
          tenant.timeZone,
          tenant.currency,
          ...(tenant.testClock === null ? [] : ['on a test clock']),
        ].join(' · ')
      }
      actions={
        <>
          {kind === 'OPERATOR' && (
            <Link to="/tenants" search={{}} className="text-accent underline">
              All tenants
            </Link>
          )}
          {mayWrite && tenant !== undefined && <Button onClick={() => setEditing(true)}>Change the tenant</Button>}
        </>
      }
    >
      <Said text={said} />
      <AccountUsage {...account} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <AccountQuotas {...account} />
          <OpenAlerts />
          <AccountAlerts {...account} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <AccountCredits {...account} />
          <Invoices />
        </div>
      </div>
      <AccountEvents {...account} />
      {isEditing && tenant !== undefined && (
        <EditTenant
          tenant={tenant}
          onClose={() => setEditing(false)}
          onDone={text => {
            setSaid(text)
            setEditing(false)
            read.refresh()
          }}
        />
      )}
    </Frame>
  )
}
