import { useMemo } from 'react'
import { lastDays } from '../../app/last-days.ts'
import { useTenant } from '../../app/tenant-context.ts'
import { choiceIn, textIn, useView } from '../../app/use-view.ts'
import { useRead } from '../../graphql/use-read.ts'
import { SelectField } from '../../ui/field.tsx'
import { formatCompact, formatShare, wordOf } from '../../ui/format.ts'
import { Page as Frame } from '../../ui/page.tsx'
import { Stat } from '../../ui/stat.tsx'
import { Shown } from '../../ui/states.tsx'
import { REPORT } from './audit.operations.ts'
import { Trail } from './trail.tsx'
import { Verification } from './verification.tsx'

const DAYS = ['1', '7', '30', '90'] as const
const RESULTS = ['SUCCESS', 'FAILURE', 'DENIED'] as const

/** Who did what: the log of the tenant, or of the installation, and proof that nothing in it was changed. */
export function Page() {
  const { tenantId } = useTenant()
  const [{ days, result }, change] = useView(search => ({
    days: DAYS.find(value => value === textIn(search, 'days')) ?? '7',
    result: choiceIn(search, 'result', RESULTS),
  }))
  const range = useMemo(() => lastDays(Number(days)), [days])
  const read = useRead(REPORT, { tenantId: tenantId ?? null, range })
  return (
    <Frame
      title="Audit"
      about={tenantId === undefined ? 'The log of the installation. Choose a tenant to see its own.' : 'Every change, and every refused attempt.'}
      actions={
        <>
          <SelectField
            label="Result"
            isLabelHidden
            choices={[{ value: '', label: 'Every result' }, ...RESULTS.map(value => ({ value, label: wordOf(value) }))]}
            value={result ?? ''}
            onChange={({ target: { value } }) => change({ result: value === '' ? undefined : value })}
          />
          <SelectField
            label="Time"
            isLabelHidden
            choices={DAYS.map(value => ({ value, label: value === '1' ? 'Last day' : `Last ${value} days` }))}
            value={days}
            onChange={({ target: { value } }) => change({ days: value === '7' ? undefined : Number(value) })}
          />
        </>
      }
    >
      <Shown read={read} lines={2}>
        {({ auditReport: { totalEvents, failureCount, deniedCount, successRate } }) => (
          <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
            <Stat label="Events" value={formatCompact(totalEvents)} />
            <Stat label="Succeeded" value={successRate === null ? '–' : formatShare(successRate)} />
            <Stat label="Failed" value={formatCompact(failureCount)} />
            <Stat label="Denied" value={formatCompact(deniedCount)} />
          </div>
        )}
      </Shown>
      <Verification key={tenantId ?? ''} />
      <Trail key={`${tenantId} ${days} ${result}`} days={Number(days)} result={result} />
    </Frame>
  )
}
