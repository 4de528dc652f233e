import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { Code } from '../../ui/code.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { wordOf } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { TRAIL, type TrailQuery } from './audit.operations.ts'

type Event = TrailQuery['auditTrail']['nodes'][number]

const PAGE = 30
const MAX = 500
const TONES: Readonly<Record<Event['result'], Tone>> = { SUCCESS: 'good', FAILURE: 'bad', DENIED: 'warn' }

/** The events of the log, latest first. */
export function Trail({ days, result }: { readonly days: number; readonly result: Event['result'] | undefined }) {
  const { tenantId } = useTenant()
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const [opened, change] = useView(search => textIn(search, 'entry'))
  const read = useRead(TRAIL, { tenantId: tenantId ?? null, days, filter: result === undefined ? null : { results: [result] }, first, after: null })
  return (
    <Card title="Events">
      <Shown read={read} lines={8}>
        {({ auditTrail: { nodes, pageInfo } }) => {
          const found = nodes.find(({ id }) => id === opened)
          return (
            <>
              <DataTable
                caption="Events of the audit log"
                rows={nodes}
                keyOf={({ id }) => id}
                empty={<Empty title="Nothing was recorded in this time.">Choose a longer time.</Empty>}
                columns={[
                  { header: 'When', cell: ({ recordedAt }) => <Time at={recordedAt} style="second" /> },
                  {
                    header: 'What',
                    cell: ({ id, eventType, count }) => (
                      <LinkButton onClick={() => change({ entry: id })}>{count > 1 ? `${eventType} (${count} times)` : eventType}</LinkButton>
                    ),
                  },
                  { header: 'By', cell: ({ actor }) => actorName(actor), className: 'max-w-64 break-all' },
                  { header: 'On', cell: ({ resource }) => (resource === null ? '' : `${resource.type} ${resource.id ?? ''}`), className: 'max-w-64 break-all' },
                  { header: 'Result', cell: event => <Badge tone={TONES[event.result]}>{wordOf(event.result)}</Badge> },
                ]}
              />
              <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
              {found !== undefined && <EventDialog event={found} onClose={() => change({ entry: undefined })} />}
            </>
          )
        }}
      </Shown>
    </Card>
  )
}

function actorName({ kind, id }: Event['actor']): string {
  return id === null ? wordOf(kind) : `${wordOf(kind)} ${id}`
}

function EventDialog({ event, onClose }: { readonly event: Event; readonly onClose: () => void }) {
  const { eventType, recordedAt, actor, ipAddress, errorMessage, details, before, after, sequence, hash } = event
  const values = [
    ['Before', before],
    ['After', after],
    ['Details', details],
  ] as const
  return (
    <Dialog
      title={eventType}
      about={`Event ${sequence} of the log, by ${actorName(actor)}${ipAddress === null ? '' : ` from ${ipAddress}`}.`}
      isOpen
      onClose={onClose}
    >
      <p className="text-muted">
        <Time at={recordedAt} style="second" />
      </p>
      {errorMessage !== null && <p className="rounded-md bg-bad-soft px-3 py-2 text-bad">{errorMessage}</p>}
      {values.map(([name, value]) =>
        value === null || value === undefined ? null : (
          <section key={name}>
            <h3 className="mb-1 font-medium">{name}</h3>
            <Code label={name} text={JSON.stringify(value, null, 2)} />
          </section>
        ),
      )}
      <p className="font-mono text-xs break-all text-muted">{hash}</p>
      <DialogButtons onClose={onClose} closeText="Close" />
    </Dialog>
  )
}
