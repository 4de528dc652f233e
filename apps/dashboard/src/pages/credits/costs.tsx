import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { instantOf, localOf } from '../../usage-view/local-time.ts'
import { CostDialog } from './cost-dialog.tsx'
import { CREDIT_COSTS } from './credit-rules.operations.ts'
import { type CreditCost, rateText } from './rate-text.ts'

/** What operations cost in credits, now or on a day that is chosen, and where that is set. */
export function Costs({ onDone }: { readonly onDone: (said: string) => void }) {
  const { kind } = useViewer()
  const { timeZone } = useTenant()
  const maySet = useScope('credits:write') && kind === 'OPERATOR'
  const [day, change] = useView(search => textIn(search, 'costsOn'))
  const [editing, setEditing] = useState<{ readonly cost: CreditCost | undefined }>()
  const read = useRead(CREDIT_COSTS, { at: day === undefined ? null : (instantOf(day, timeZone) ?? null) })
  return (
    <Card
      title="What operations cost"
      actions={
        <>
          <TextField
            label="On the day"
            isLabelHidden
            type="date"
            title="On the day"
            value={day ?? localOf(new Date().toISOString(), timeZone).slice(0, 10)}
            onChange={({ target: { value } }) => change({ costsOn: value === '' ? undefined : value }, { replace: true })}
          />
          {maySet && <Button onClick={() => setEditing({ cost: undefined })}>Set a cost</Button>}
        </>
      }
    >
      <Shown read={read}>
        {({ creditCosts }) => (
          <DataTable
            caption="Costs of operations in credits"
            rows={creditCosts}
            keyOf={({ id }) => id}
            empty={<Empty title="No operation costs credits.">Usage is not debited until an operation has a cost, or its events name one.</Empty>}
            columns={[
              { header: 'Operation', cell: ({ operation }) => operation, className: 'max-w-64 break-words' },
              {
                header: 'Of',
                cell: ({ provider, model }) => [provider ?? 'any provider', ...(model === null ? [] : [model])].join(', '),
                className: 'break-words',
              },
              { header: 'Credits', cell: rateText, className: 'min-w-48' },
              { header: 'From', cell: ({ from }) => <Time at={from} /> },
              { header: 'To', cell: ({ to }) => (to === null ? 'no end' : <Time at={to} />) },
              ...(maySet
                ? [
                    {
                      header: <span className="sr-only">Change</span>,
                      cell: (cost: CreditCost) => (
                        <Button onClick={() => setEditing({ cost })} aria-label={`Change what ${cost.operation} costs`}>
                          Change
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        )}
      </Shown>
      {editing !== undefined && <CostDialog cost={editing.cost} timeZone={timeZone} onDone={onDone} onClose={() => setEditing(undefined)} />}
    </Card>
  )
}
