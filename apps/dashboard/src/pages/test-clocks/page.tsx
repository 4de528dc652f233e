import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { AdvanceDialog, type ShownClock } from './advance-dialog.tsx'
import { CreateClockDialog } from './create-clock-dialog.tsx'
import { TEST_CLOCKS } from './test-clocks.operations.ts'

const REFRESH_MS = 2_000

/** Tenants whose time is simulated, so that a year of billing takes seconds. */
export function Page() {
  const { tenantId, timeZone } = useTenant()
  const mayWrite = useScope('tenants:write')
  const read = useRead(TEST_CLOCKS, {})
  const [opened, setOpened] = useState<{ readonly create: true } | { readonly advance: ShownClock }>()
  const [said, setSaid] = useState<string>()
  const clocks = (read.data?.testClocks ?? []).filter(({ tenant }) => tenantId === undefined || tenant.id === tenantId)
  const isMoving = clocks.some(isAdvancing)
  const { refresh } = read
  useEffect(() => {
    if (!isMoving) return undefined
    const timer = setInterval(refresh, REFRESH_MS)
    return () => clearInterval(timer)
  }, [isMoving, refresh])
  const close = (text?: string) => {
    setOpened(undefined)
    setSaid(text)
    refresh()
  }
  // A read that fails must not close the dialog, which still waits for the result.
  const advanced =
    opened !== undefined && 'advance' in opened ? (clocks.find(({ tenant }) => tenant.id === opened.advance.tenant.id) ?? opened.advance) : undefined
  return (
    <Frame
      title="Test clocks"
      about={`The clock of a simulated tenant stands still until you advance it, so a year of billing takes seconds. Invoice numbers start with “TEST-” and do not count as revenue. Times are in ${timeZone}.`}
      actions={
        mayWrite && (
          <Button look="primary" onClick={() => setOpened({ create: true })}>
            Put a tenant on a test clock
          </Button>
        )
      }
    >
      <Said text={said} />
      <Card>
        <Shown read={read}>
          {() => (
            <DataTable
              caption="Test clocks"
              rows={clocks}
              keyOf={({ tenant }) => tenant.id}
              empty={
                <Empty title={tenantId === undefined ? 'No tenant is simulated.' : `The tenant ${tenantId} is not on a test clock.`}>
                  Create a tenant, put it on a test clock while it has no data, and subscribe it to a plan. Then advance its clock.
                </Empty>
              }
              columns={[
                {
                  header: 'Tenant',
                  className: 'min-w-48 max-w-72 break-words',
                  cell: ({ tenant }) => (
                    <>
                      <Link to="/tenants" search={{ tenant: tenant.id }} className="text-accent underline">
                        {tenant.name}
                      </Link>
                      {tenant.name !== tenant.id && <div className="text-xs break-all text-muted">{tenant.id}</div>}
                    </>
                  ),
                },
                { header: 'Clock', cell: ({ now }) => <Time at={now} /> },
                {
                  header: 'State',
                  cell: clock =>
                    isAdvancing(clock) ? (
                      <>
                        <Badge tone="warn">advancing</Badge> to <Time at={clock.target} />
                      </>
                    ) : (
                      <Badge>stopped</Badge>
                    ),
                },
                { header: 'Created', cell: ({ createdAt }) => <Time at={createdAt} style="day" /> },
                ...(mayWrite
                  ? [
                      {
                        header: <span className="sr-only">Change</span>,
                        cell: (clock: ShownClock) => (
                          <Button
                            aria-label={`${isAdvancing(clock) ? 'Continue to advance' : 'Advance'} the clock of ${clock.tenant.name}`}
                            onClick={() => setOpened({ advance: clock })}
                          >
                            {isAdvancing(clock) ? 'Continue' : 'Advance'}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Shown>
      </Card>
      {opened !== undefined && 'create' in opened && <CreateClockDialog onDone={close} onClose={() => close()} />}
      {advanced !== undefined && <AdvanceDialog key={advanced.tenant.id} clock={advanced} refresh={refresh} onClose={close} />}
    </Frame>
  )
}

/** Whether a clock is being advanced, or was when something interrupted it. */
function isAdvancing({ now, target }: ShownClock): boolean {
  return now !== target
}
