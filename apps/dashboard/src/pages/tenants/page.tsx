import { useTenant } from '../../app/tenant-context.ts'
import { useViewer } from '../../app/viewer-context.ts'
import { TenantDashboard } from './tenant-dashboard.tsx'
import { TenantList } from './tenant-list.tsx'

/** All tenants, for operators; the one that is chosen; and for a tenant, its own account. */
export function Page() {
  const { kind } = useViewer()
  const { tenantId } = useTenant()
  return kind === 'OPERATOR' && tenantId === undefined ? <TenantList /> : <TenantDashboard key={tenantId} />
}
