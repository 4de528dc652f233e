import { useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatCount, formatDecimal } from '../../ui/format.ts'
import { Empty } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { type Allowance, AllowanceDialog } from './allowance-dialog.tsx'
import { ROLLOVERS } from './rollovers.ts'

export interface AllowancesProps {
  readonly customerId: string | null
  readonly allowances: readonly Allowance[]
  readonly mayChange: boolean
  readonly onDone: (said: string) => void
}

/** The credits that a wallet gets each month. */
export function Allowances({ customerId, allowances, mayChange, onDone }: AllowancesProps) {
  const { tenantId, timeZone } = useTenant()
  const [editing, setEditing] = useState<{ readonly allowance: Allowance | undefined }>()
  return (
    <Card title="Allowances" actions={mayChange && <Button onClick={() => setEditing({ allowance: undefined })}>Set an allowance</Button>}>
      <DataTable
        caption="Credits of each month"
        rows={allowances}
        keyOf={({ name }) => name}
        empty={<Empty title="There is no allowance.">An allowance gives credits at the start of each month.</Empty>}
        columns={[
          { header: 'Name', cell: ({ name }) => name, className: 'max-w-64 break-words' },
          { header: 'A month', isNumber: true, cell: ({ amount }) => formatDecimal(amount) },
          { header: 'At the end of it', cell: rolloverText, className: 'min-w-40' },
          { header: 'Priority', isNumber: true, cell: ({ priority }) => formatCount(priority) },
          { header: 'Next', cell: ({ nextAt }) => <Time at={nextAt} /> },
          { header: 'Ends', cell: ({ endsAt }) => (endsAt === null ? 'never' : <Time at={endsAt} />) },
          ...(mayChange
            ? [
                {
                  header: <span className="sr-only">Change</span>,
                  cell: (allowance: Allowance) => (
                    <Button onClick={() => setEditing({ allowance })} aria-label={`Change the allowance ${allowance.name}`}>
                      Change
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {editing !== undefined && tenantId !== undefined && (
        <AllowanceDialog {...{ tenantId, customerId, timeZone, onDone }} allowance={editing.allowance} onClose={() => setEditing(undefined)} />
      )}
    </Card>
  )
}

function rolloverText({ rollover: { kind, max } }: Allowance): string {
  if (kind === 'UP_TO_AMOUNT') return `up to ${formatDecimal(max)} credits stay`
  if (kind === 'UP_TO_PERCENTAGE') return `up to ${formatDecimal(max)} % stay`
  return ROLLOVERS[kind]
}
