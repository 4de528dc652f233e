import { useRead } from '../../graphql/use-read.ts'
import { Code } from '../../ui/code.tsx'
import { Dialog, DialogButtons } from '../../ui/dialog.tsx'
import { Facts } from '../../ui/facts.tsx'
import { formatCount, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { AUDIT_ENTRY, type AuditEntryQuery } from './audit.operations.ts'
import { actorName } from './trail.tsx'

type Entry = Extract<NonNullable<AuditEntryQuery['node']>, { readonly __typename: 'AuditEvent' }>

/** One event of the log, with what it changed and its hash. */
export function EntryDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const read = useRead(AUDIT_ENTRY, { id })
  const node = read.data?.node
  const title = node?.__typename === 'AuditEvent' ? node.eventType : 'Audit event'
  return (
    <Dialog title={title} isOpen onClose={onClose} isWide isToRead>
      <Shown read={read} lines={6}>
        {({ node: found }) =>
          found?.__typename === 'AuditEvent' ? (
            <Details entry={found} />
          ) : (
            <Empty title="There is no such event.">It may belong to a tenant that you cannot see, or only be in archives.</Empty>
          )
        }
      </Shown>
      <DialogButtons onClose={onClose} closeText="Close" />
    </Dialog>
  )
}

function Details({ entry }: { readonly entry: Entry }) {
  const {
    recordedAt,
    occurredAt,
    actor,
    resource,
    result,
    count,
    ipAddress,
    userAgent,
    requestId,
    reportedBy,
    errorMessage,
    details,
    before,
    after,
    sequence,
    hash,
  } = entry
  const values = [
    ['Before', before],
    ['After', after],
    ['Details', details],
  ] as const
  return (
    <>
      {errorMessage !== null && <p className="rounded-md bg-bad-soft px-3 py-2 break-words text-bad">{errorMessage}</p>}
      <Facts
        facts={[
          ['Occurred', <Time key="at" at={occurredAt} style="second" />],
          ['Recorded', occurredAt === recordedAt ? null : <Time key="at" at={recordedAt} style="second" />],
          ['By', actorName(actor)],
          ['Reported by', reportedBy],
          ['On', resource === null ? null : `${resource.type} ${resource.id ?? ''}`],
          ['Result', wordOf(result)],
          ['Times', count > 1 ? formatCount(count) : null],
          ['Address', ipAddress],
          ['Request', requestId],
          ['Client', userAgent],
          ['Number in the log', formatCount(sequence)],
        ]}
      />
      {values.map(([name, value]) =>
        value === null || value === undefined ? null : (
          <section key={name}>
            <h3 className="mb-1 font-medium">{name}</h3>
            <Code label={name} text={JSON.stringify(value, null, 2)} />
          </section>
        ),
      )}
      <p className="font-mono text-xs break-all text-muted">{hash}</p>
    </>
  )
}
