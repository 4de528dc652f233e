import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Deliveries } from './deliveries.tsx'
import { EndpointChanges } from './endpoint-changes.tsx'
import { EndpointDialog } from './endpoint-dialog.tsx'
import { ENDPOINTS } from './webhooks.operations.ts'

/** Where notifications are sent, and what became of each. */
export function Page() {
  const { tenantId } = useTenant()
  const mayChange = useScope('webhooks:write')
  const [opened, change] = useView(search => textIn(search, 'endpoint'))
  const [isCreating, setCreating] = useState(false)
  const [said, setSaid] = useState<string>()
  const read = useRead(ENDPOINTS, { tenantId: tenantId ?? null })
  const endpoint = read.data?.webhookEndpoints.nodes.find(({ id }) => id === opened)
  return (
    <Frame
      title="Webhooks"
      about="Signed notifications to your own servers: alerts, quotas, credits and invoices."
      actions={
        mayChange && (
          <Button look="primary" onClick={() => setCreating(true)}>
            Add an endpoint
          </Button>
        )
      }
    >
      <Said text={said} />
      <Card title="Endpoints">
        <Shown read={read}>
          {({ webhookEndpoints: { nodes } }) => (
            <DataTable
              caption="Webhook endpoints"
              rows={nodes}
              keyOf={({ id }) => id}
              empty={<Empty title="There is no endpoint.">Add the URL of a server of yours to be notified.</Empty>}
              columns={[
                {
                  header: 'URL',
                  className: 'max-w-96 break-all',
                  cell: ({ id, url }) => <LinkButton onClick={() => change({ endpoint: id })}>{url}</LinkButton>,
                },
                { header: 'Of', cell: ({ tenant }) => tenant?.name ?? 'the operator', className: 'max-w-48 break-words' },
                {
                  header: 'State',
                  cell: ({ enabled, disabledReason, failingSince }) =>
                    enabled ? (
                      failingSince === null ? (
                        <Badge tone="good">working</Badge>
                      ) : (
                        <Badge tone="bad">
                          failing since <Time at={failingSince} />
                        </Badge>
                      )
                    ) : (
                      <Badge>{disabledReason ?? 'disabled'}</Badge>
                    ),
                },
              ]}
            />
          )}
        </Shown>
      </Card>
      {endpoint !== undefined && (
        <EndpointChanges
          key={`changes of ${endpoint.id}`}
          {...{ endpoint, mayChange }}
          onChanged={text => {
            setSaid(text)
            read.refresh()
          }}
          onDeleted={() => {
            setSaid('The endpoint was deleted.')
            change({ endpoint: undefined })
            read.refresh()
          }}
        />
      )}
      {opened !== undefined && <Deliveries key={opened} endpointId={opened} mayChange={mayChange} onSaid={setSaid} />}
      {isCreating && (
        <EndpointDialog
          tenantId={tenantId}
          onClose={() => {
            setCreating(false)
            read.refresh()
          }}
        />
      )}
    </Frame>
  )
}
