import { useState } from 'react'
import { Coupons } from '../../account-view/coupons.tsx'
import { useTenant } from '../../app/tenant-context.ts'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Plans } from './plans.tsx'
import { Revenue } from './revenue.tsx'
import { TenantSubscription } from './tenant-subscription.tsx'

/** What tenants subscribe to: recurring revenue of all, or the subscription of one. */
export function Page() {
  const { kind } = useViewer()
  const { tenantId } = useTenant()
  // Operators have them beside the charge rules.
  const seesCoupons = useScope('prices:read') && kind === 'TENANT'
  const [said, setSaid] = useState<string>()
  const [version, setVersion] = useState(0)
  const done = (text: string) => {
    setSaid(text)
    setVersion(version + 1)
  }
  return (
    <Frame
      title="Subscriptions"
      about={
        tenantId === undefined
          ? 'Recurring revenue of all tenants. Choose a tenant to see and change its subscription.'
          : 'The plan of the tenant, with its fees, quotas and credits.'
      }
    >
      <Said text={said} />
      {kind === 'OPERATOR' && tenantId === undefined && <Revenue />}
      {tenantId !== undefined && <TenantSubscription key={`${tenantId} ${version}`} tenantId={tenantId} onDone={done} />}
      <Plans key={`plans ${version}`} onDone={done} />
      {seesCoupons && <Coupons key={`coupons ${version}`} onDone={done} />}
    </Frame>
  )
}
