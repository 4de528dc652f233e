import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { KeyDialog, type KeyChange } from './key-dialog.tsx'
import { KEYS, type KeysQuery } from './keys.operations.ts'

type Key = KeysQuery['apiKeys']['nodes'][number]

const PAGE = 20
const MAX = 100

/** API keys: who has one, what it may do, and when it was used. */
export function Page() {
  const { tenantId } = useTenant()
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const [change, setChange] = useState<KeyChange>()
  const [said, setSaid] = useState<string>()
  // Without a tenant, the keys of all; null would be those of operators.
  const read = useRead(KEYS, tenantId === undefined ? { first } : { tenantId, first })
  const close = (text?: string) => {
    setChange(undefined)
    setSaid(text)
    read.refresh()
  }
  return (
    <Frame
      title="Keys"
      about={tenantId === undefined ? 'Keys of operators and of all tenants.' : 'Keys of the tenant.'}
      actions={
        <Button look="primary" onClick={() => setChange({ kind: 'create', tenantId })}>
          Create a key
        </Button>
      }
    >
      <Said text={said} />
      <Card title="API keys">
        <Shown read={read}>
          {({ apiKeys: { nodes, pageInfo } }) => (
            <>
              <DataTable
                caption="API keys"
                rows={nodes}
                keyOf={({ id }) => id}
                empty={<Empty title="There is no key.">Create one for each program that sends usage or reads it.</Empty>}
                columns={[
                  { header: 'Name', cell: ({ name }) => name, className: 'max-w-64 break-words' },
                  { header: 'Begins with', cell: ({ prefix }) => <span className="font-mono">{prefix}</span> },
                  { header: 'Of', cell: ({ tenant }) => tenant?.name ?? 'operators', className: 'max-w-48 break-words' },
                  { header: 'May', cell: ({ scopes }) => <Scopes scopes={scopes} /> },
                  { header: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'never' : <Time at={lastUsedAt} />) },
                  { header: 'State', cell: key => <State apiKey={key} /> },
                  {
                    header: <span className="sr-only">Change</span>,
                    cell: ({ id, name, revokedAt }) =>
                      revokedAt === null && (
                        <div className="flex flex-wrap gap-2">
                          <Button aria-label={`Rotate ${name}`} onClick={() => setChange({ kind: 'rotate', id, name })}>
                            Rotate
                          </Button>
                          <Button look="danger" aria-label={`Revoke ${name}`} onClick={() => setChange({ kind: 'revoke', id, name })}>
                            Revoke
                          </Button>
                        </div>
                      ),
                  },
                ]}
              />
              <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
            </>
          )}
        </Shown>
      </Card>
      {change !== undefined && <KeyDialog change={change} onClose={close} />}
    </Frame>
  )
}

function Scopes({ scopes }: { readonly scopes: readonly string[] }) {
  return (
    <details>
      <summary>{scopes.length === 1 ? '1 scope' : `${scopes.length} scopes`}</summary>
      <p className="max-w-64 break-words text-muted">{scopes.join(', ')}</p>
    </details>
  )
}

function State({ apiKey: { revokedAt, expiresAt, previousSecretExpiresAt } }: { readonly apiKey: Key }) {
  if (revokedAt !== null) return <Badge tone="bad">revoked</Badge>
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.now()) return <Badge tone="bad">expired</Badge>
  return (
    <>
      {expiresAt === null ? (
        <Badge tone="good">valid</Badge>
      ) : (
        <span>
          until <Time at={expiresAt} style="day" />
        </span>
      )}
      {previousSecretExpiresAt !== null && Date.parse(previousSecretExpiresAt) > Date.now() && (
        <div className="text-xs text-muted">
          old secret until <Time at={previousSecretExpiresAt} />
        </div>
      )}
    </>
  )
}
