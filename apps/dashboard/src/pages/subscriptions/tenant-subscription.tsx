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
import { ChangePlanDialog } from './change-plan-dialog.tsx'
import { CancelDialog, PauseDialog, ResumeDialog, SeatsDialog } from './phase-dialogs.tsx'
import { SubscribeDialog } from './subscribe-dialog.tsx'
import type { SubscriptionDialogProps } from './subscription-dialog-props.ts'
import { ConvertTrialDialog, ExpireTrialDialog, ExtendTrialDialog } from './trial-dialogs.tsx'
import { TENANT_SUBSCRIPTION } from './subscriptions.operations.ts'

export interface TenantSubscriptionProps {
  readonly tenantId: string
  readonly onDone: (said: string) => void
}

/** The subscription of one tenant, its phases, and its changes. */
export function TenantSubscription({ tenantId, onDone }: TenantSubscriptionProps) {
  const { kind } = useViewer()
  const mayChange = useScope('billing:write') && kind === 'OPERATOR'
  const [change, setChange] = useState<Change | 'subscribe'>()
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
                <Actions subscription={subscription} onChoose={setChange} />
              ))
            }
          >
            {subscription === null ? (
              <Empty title="The tenant has no subscription.">Its usage is charged by charge rules, and no invoices are made.</Empty>
            ) : (
              <Details subscription={subscription} />
            )}
            {change === 'subscribe' && <SubscribeDialog {...{ tenantId, onDone, onClose }} />}
            {subscription !== null && change !== undefined && change !== 'subscribe' && (
              <ChangeDialog {...{ change, tenantId, subscription, onDone, onClose }} />
            )}
          </Card>
        )
      }}
    </Shown>
  )
}

type Change = 'plan' | 'seats' | 'pause' | 'resume' | 'cancel' | 'extend' | 'convert' | 'expire'
type Subscription = SubscriptionDialogProps['subscription']

/** What can be done with a subscription in its state. */
function Actions({ subscription, onChoose }: { readonly subscription: Subscription; readonly onChoose: (change: Change) => void }) {
  const { status, plan, cancelsAt } = subscription
  const isTrial = status === 'TRIALING'
  const button = (text: string, change: Change, look?: 'danger') => (
    <Button {...(look !== undefined && { look })} onClick={() => onChoose(change)}>
      {text}
    </Button>
  )
  return (
    <>
      {isTrial && button('Convert the trial', 'convert')}
      {isTrial && button('Extend the trial', 'extend')}
      {button('Change the plan', 'plan')}
      {plan?.seats !== null && button('Change the seats', 'seats')}
      {status === 'ACTIVE' && button('Pause', 'pause')}
      {status === 'PAUSED' ? button('Resume', 'resume') : cancelsAt !== null && button('Withdraw the cancellation', 'resume')}
      {cancelsAt === null && button('Cancel', 'cancel', 'danger')}
      {isTrial && button('End the trial', 'expire', 'danger')}
    </>
  )
}

const DIALOGS = {
  plan: ChangePlanDialog,
  seats: SeatsDialog,
  pause: PauseDialog,
  resume: ResumeDialog,
  cancel: CancelDialog,
  extend: ExtendTrialDialog,
  convert: ConvertTrialDialog,
  expire: ExpireTrialDialog,
} as const

function ChangeDialog({ change, ...props }: SubscriptionDialogProps & { readonly change: Change }) {
  const Dialog = DIALOGS[change]
  return <Dialog {...props} />
}

function Details({ subscription }: { readonly subscription: Subscription }) {
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
