import { useState } from 'react'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatCount, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { PauseDialog, ResumeDialog, SeatsDialog } from './phase-dialogs.tsx'
import { SubscriptionChange, type SubscriptionChangeKind } from './subscription-change.tsx'
import { TENANT_SUBSCRIPTION, type TenantSubscriptionQuery } from './subscriptions.operations.ts'

export interface TenantSubscriptionProps {
  readonly tenantId: string
  readonly onDone: (said: string) => void
}

/** The subscription of one tenant, its phases, and its changes. */
export function TenantSubscription({ tenantId, onDone }: TenantSubscriptionProps) {
  const { kind } = useViewer()
  const mayChange = useScope('billing:write') && kind === 'OPERATOR'
  const [change, setChange] = useState<SubscriptionChangeKind | 'seats' | 'pause' | 'resume'>()
  const onClose = () => setChange(undefined)
  const read = useRead(TENANT_SUBSCRIPTION, { tenantId })
  return (
    <Shown read={read}>
      {({ subscription }) => {
        const isOver = subscription === null || subscription.endedAt !== null
        return (
          <Card
            title="Subscription"
            actions={
              mayChange &&
              (isOver ? (
                <Button look="primary" onClick={() => setChange('subscribe')}>
                  Subscribe
                </Button>
              ) : (
                <>
                  <Button onClick={() => setChange('plan')}>Change the plan</Button>
                  {subscription.plan?.seats !== null && <Button onClick={() => setChange('seats')}>Change the seats</Button>}
                  {subscription.status === 'PAUSED' ? (
                    <Button onClick={() => setChange('resume')}>Resume</Button>
                  ) : (
                    <Button onClick={() => setChange('pause')}>Pause</Button>
                  )}
                  {subscription.cancelsAt === null && (
                    <Button look="danger" onClick={() => setChange('cancel')}>
                      Cancel
                    </Button>
                  )}
                </>
              ))
            }
          >
            {subscription === null ? (
              <Empty title="The tenant has no subscription.">Its usage is charged by charge rules, and no invoices are made.</Empty>
            ) : (
              <Details subscription={subscription} />
            )}
            {(change === 'subscribe' || change === 'plan' || change === 'cancel') && (
              <SubscriptionChange
                {...{ change, tenantId, onClose }}
                planKey={subscription?.plan?.key}
                revision={subscription?.revision}
                onDone={text => {
                  onClose()
                  onDone(text)
                }}
              />
            )}
            {subscription !== null && change === 'seats' && <SeatsDialog {...{ tenantId, subscription, onDone, onClose }} />}
            {subscription !== null && change === 'pause' && <PauseDialog {...{ tenantId, subscription, onDone, onClose }} />}
            {subscription !== null && change === 'resume' && <ResumeDialog {...{ tenantId, subscription, onDone, onClose }} />}
          </Card>
        )
      }}
    </Shown>
  )
}

function Details({ subscription }: { readonly subscription: NonNullable<TenantSubscriptionQuery['subscription']> }) {
  const { plan, status, seats, currentPeriod, trialEndsAt, cancelsAt, endedAt, phases } = subscription
  return (
    <>
      <p className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <strong className="break-words">{plan?.title ?? 'no plan'}</strong>
        <Badge tone={status === 'ACTIVE' ? 'good' : 'neutral'}>{wordOf(status)}</Badge>
        {seats > 1 && <span>{`${formatCount(seats)} seats`}</span>}
        <span className="text-muted">
          billed from <Time at={currentPeriod.from} style="day" /> to <Time at={currentPeriod.to} style="day" />
        </span>
        {trialEndsAt !== null && (
          <span>
            trial until <Time at={trialEndsAt} style="day" />
          </span>
        )}
        {cancelsAt !== null && endedAt === null && (
          <span className="text-warn">
            ends <Time at={cancelsAt} style="day" />
          </span>
        )}
      </p>
      <DataTable
        caption="Phases of the subscription"
        rows={phases}
        keyOf={({ from }) => from}
        columns={[
          { header: 'From', cell: ({ from }) => <Time at={from} /> },
          { header: 'To', cell: ({ to }) => (to === null ? 'open' : <Time at={to} />) },
          { header: 'Plan', cell: ({ planKey }) => planKey, className: 'break-words' },
          { header: 'Seats', isNumber: true, cell: phase => formatCount(phase.seats) },
          { header: 'State', cell: ({ state }) => wordOf(state) },
        ]}
      />
    </>
  )
}
