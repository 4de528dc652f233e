import { useEffect, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { useForm } from '../../ui/use-form.ts'
import { instantOf } from '../../usage-view/local-time.ts'
import { BILLING_RUNS, START_BILLING_RUN } from './billing.operations.ts'

const REFRESH_MS = 2_000

export interface BillingRunsProps {
  readonly mayStart: boolean
  readonly onDone: (said: string) => void
}

/** The latest billing runs and how far they have come, and where one is started. */
export function BillingRuns({ mayStart, onDone }: BillingRunsProps) {
  const { tenantId } = useTenant()
  const read = useRead(BILLING_RUNS, {})
  const [isStarting, setStarting] = useState(false)
  const isRunning = read.data?.billingRuns.nodes.some(({ state }) => state !== 'COMPLETED') ?? false
  const { refresh } = read
  useEffect(() => {
    if (!isRunning) return undefined
    const timer = setInterval(refresh, REFRESH_MS)
    return () => clearInterval(timer)
  }, [isRunning, refresh])
  return (
    <Card title="Billing runs" actions={mayStart && <Button onClick={() => setStarting(true)}>Run billing</Button>}>
      <Shown read={read}>
        {({ billingRuns: { nodes } }) => (
          <>
            <DataTable
              caption="Billing runs"
              rows={nodes}
              keyOf={({ id }) => id}
              empty={<Empty title="Billing has not run yet.">The server runs it when billing periods end.</Empty>}
              columns={[
                { header: 'Started', cell: ({ createdAt }) => <Time at={createdAt} /> },
                { header: 'Bills until', cell: ({ through }) => <Time at={through} /> },
                {
                  header: 'State',
                  cell: ({ state, tenantCount, tenantTotal }) =>
                    state === 'COMPLETED' ? (
                      <Badge tone="good">completed</Badge>
                    ) : (
                      <span role="status">{`${wordOf(state)}, ${formatCount(tenantCount)} of ${tenantTotal === null ? '?' : formatCount(tenantTotal)} tenants`}</span>
                    ),
                },
                { header: 'Invoices', isNumber: true, cell: ({ invoiceCount }) => formatCount(invoiceCount) },
                { header: 'Drafts', isNumber: true, cell: ({ draftCount }) => formatCount(draftCount) },
                {
                  header: 'Failures',
                  className: 'min-w-48',
                  cell: ({ failureCount, failures }) =>
                    failureCount === 0 ? (
                      'none'
                    ) : (
                      <ul className="text-bad">
                        {failures.nodes.map(({ tenantId: id, code, message }) => (
                          <li key={`${id} ${code}`} className="break-words">{`${id}: ${message}`}</li>
                        ))}
                      </ul>
                    ),
                },
              ]}
            />
            {isStarting && (
              <RunDialog
                tenantId={tenantId}
                onDone={() => {
                  setStarting(false)
                  refresh()
                  onDone('The billing run was started. Its progress is shown below.')
                }}
                onClose={() => setStarting(false)}
              />
            )}
          </>
        )}
      </Shown>
    </Card>
  )
}

interface RunDialogProps {
  readonly tenantId: string | undefined
  readonly onDone: () => void
  readonly onClose: () => void
}

function RunDialog({ tenantId, onDone, onClose }: RunDialogProps) {
  const { timeZone } = useTenant()
  const { form, field } = useForm({ through: '', result: 'invoices' })
  const [start] = useChange(START_BILLING_RUN)
  const send = async () => {
    const through = form.through === '' ? new Date().toISOString() : (instantOf(form.through, timeZone) ?? form.through)
    const input = { through, finalize: form.result === 'invoices', tenantIds: tenantId === undefined ? null : [tenantId] }
    return problemOf(await start({ input }), ({ startBillingRun }) => startBillingRun)
  }
  return (
    <FormDialog
      title="Run billing"
      about={`Bills the periods of ${tenantId === undefined ? 'all tenants' : `the tenant ${tenantId}`} that have ended and are not billed. Each is billed once, however often it runs.`}
      submitText="Run billing"
      known={['through', 'tenantIds']}
      {...{ send, onDone, onClose }}
    >
      {errorOf => (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label="Periods that end by"
            hint={`In ${timeZone}. Empty for now.`}
            type="datetime-local"
            error={errorOf('through') ?? errorOf('tenantIds')}
            {...field('through')}
          />
          <SelectField
            label="It makes"
            hint="Drafts have no number."
            choices={[
              { value: 'invoices', label: 'invoices, with numbers' },
              { value: 'drafts', label: 'the next draft of each' },
            ]}
            {...field('result')}
          />
        </div>
      )}
    </FormDialog>
  )
}
