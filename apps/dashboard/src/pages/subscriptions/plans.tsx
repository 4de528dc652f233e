import { useState } from 'react'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatAmount, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { PlanDialog } from './plan-dialog.tsx'
import { PLANS } from './subscriptions.operations.ts'

/** The plans that tenants can subscribe to. */
export function Plans({ onDone }: { readonly onDone: (said: string) => void }) {
  const { kind } = useViewer()
  const mayPublish = useScope('billing:write') && kind === 'OPERATOR'
  const [isPublishing, setPublishing] = useState(false)
  const read = useRead(PLANS, {})
  return (
    <Card title="Plans" actions={mayPublish && <Button onClick={() => setPublishing(true)}>Publish a plan</Button>}>
      <Shown read={read}>
        {({ billingPlans }) => (
          <DataTable
            caption="Plans"
            rows={billingPlans}
            keyOf={({ key }) => key}
            empty={<Empty title="There is no plan.">Publish one to subscribe tenants to it.</Empty>}
            columns={[
              { header: 'Plan', cell: ({ title, key }) => (title === key ? title : `${title} (${key})`), className: 'min-w-32 max-w-64 break-words' },
              { header: 'What it is', cell: ({ description }) => description ?? '', className: 'min-w-56 max-w-96 break-words' },
              {
                header: 'Fee',
                isNumber: true,
                cell: ({ recurringFee, currency, feeInterval }) => `${formatAmount(recurringFee, currency)} per ${wordOf(feeInterval)}`,
              },
              { header: 'Trial', isNumber: true, cell: ({ trialDays }) => (trialDays === 0 ? 'none' : `${trialDays} days`) },
            ]}
          />
        )}
      </Shown>
      {isPublishing && (
        <PlanDialog
          onDone={said => {
            setPublishing(false)
            onDone(said)
          }}
          onClose={() => setPublishing(false)}
        />
      )}
    </Card>
  )
}
