import { useState } from 'react'
import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Shown } from '../../ui/states.tsx'
import { termsText } from './limit-form.ts'
import { UNLISTED } from './plan-changes.ts'
import { PlanDialog, type QuotaPlan } from './plan-dialog.tsx'
import { limitName } from './quota-name.ts'
import { QUOTA_PLANS } from './quota-plans.operations.ts'

/** The quota plans of all tenants, and where they are published. */
export function Plans({ onDone }: { readonly onDone: (said: string) => void }) {
  const mayPublish = useScope('quotas:write')
  const [editing, setEditing] = useState<{ readonly plan: QuotaPlan | undefined }>()
  const read = useRead(QUOTA_PLANS, {})
  return (
    <Card title="Quota plans" actions={mayPublish && <Button onClick={() => setEditing({ plan: undefined })}>Publish a plan</Button>}>
      <Shown read={read}>
        {({ quotaPlans }) => (
          <>
            <DataTable
              caption="Quota plans"
              rows={quotaPlans}
              keyOf={({ name }) => name}
              columns={[
                { header: 'Plan', cell: ({ name }) => name, className: 'max-w-48 break-words' },
                {
                  header: 'Limits',
                  className: 'min-w-64',
                  cell: ({ policies }) =>
                    policies.length === 0 ? (
                      'none'
                    ) : (
                      <ul className="flex flex-col gap-0.5">
                        {policies.map(policy => (
                          <li key={limitName(policy)} className="break-words">{`${limitName(policy)}: ${termsText(policy)}`}</li>
                        ))}
                      </ul>
                    ),
                },
                { header: 'Other requests', cell: ({ unlisted }) => UNLISTED[unlisted] },
                ...(mayPublish
                  ? [
                      {
                        header: <span className="sr-only">Change</span>,
                        cell: (plan: QuotaPlan) => (
                          <Button onClick={() => setEditing({ plan })} aria-label={`Change the plan ${plan.name}`}>
                            Change
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
            {editing !== undefined && <PlanDialog plans={quotaPlans} plan={editing.plan} onDone={onDone} onClose={() => setEditing(undefined)} />}
          </>
        )}
      </Shown>
    </Card>
  )
}
