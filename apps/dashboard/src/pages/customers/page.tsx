import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { useViewer } from '../../app/viewer-context.ts'
import { Card } from '../../ui/card.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { CustomerDashboard } from './customer-dashboard.tsx'
import { CustomerList } from './customer-list.tsx'

/** The customers of a tenant, or one of them. A customer sees itself only. */
export function Page() {
  const { kind, customerId: own } = useViewer()
  const { tenantId } = useTenant()
  const [chosen] = useView(search => textIn(search, 'customer'))
  const customerId = own ?? chosen
  if (kind === 'OPERATOR' && tenantId === undefined) {
    return (
      <Frame title="Customers">
        <Card>
          <Empty title="Choose a tenant to see its customers.">Each tenant has customers of its own: choose one at the top of the navigation.</Empty>
        </Card>
      </Frame>
    )
  }
  return customerId === undefined ? <CustomerList /> : <CustomerDashboard key={`${tenantId} ${customerId}`} customerId={customerId} />
}
