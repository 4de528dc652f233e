import { useMemo, useState } from 'react'
import { lastDays } from '../../app/last-days.ts'
import { useTenant } from '../../app/tenant-context.ts'
import { textIn, useView } from '../../app/use-view.ts'
import { useScope } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/field.tsx'
import { formatCompact, formatShare } from '../../ui/format.ts'
import { Page as Frame } from '../../ui/page.tsx'
import { Said } from '../../ui/said.tsx'
import { Stat } from '../../ui/stat.tsx'
import { Shown } from '../../ui/states.tsx'
import { REPORT } from './audit.operations.ts'
import { DAYS, exportPath, readAuditView, REPORTS } from './audit-view.ts'
import { EntryDialog } from './entry-dialog.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import { EventTypes } from './event-types.tsx'
import { ExportButton } from './export-button.tsx'
import { TrailFilters } from './trail-filters.tsx'
import { Trail } from './trail.tsx'
import { Verification } from './verification.tsx'

/** Who did what: the log of the tenant, or of the installation, and proof that nothing in it was changed. */
export function Page() {
  const { tenantId } = useTenant()
  const [{ opened, ...view }, change] = useView(search => ({ ...readAuditView(search), opened: textIn(search, 'entry') }))
  const { days, report } = view
  const mayErase = useScope('audit:write')
  const [isErasing, setErasing] = useState(false)
  const [said, setSaid] = useState<string>()
  const [version, setVersion] = useState(0)
  const range = useMemo(() => lastDays(Number(days)), [days, version])
  const read = useRead(REPORT, { tenantId: tenantId ?? null, range })
  const pathOf = (format: 'csv' | 'jsonl') => exportPath(view, format, { tenantId, from: range.from })
  return (
    <Frame
      title="Audit"
      about={tenantId === undefined ? 'The log of the installation. Choose a tenant to see its own.' : 'Every change, and every refused attempt.'}
      actions={
        <>
          {mayErase && <Button onClick={() => setErasing(true)}>Erase personal data</Button>}
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
      <Said text={said} />
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
      <Card
        title={REPORTS.find(({ value }) => value === report)?.label}
        actions={
          <>
            <SelectField
              label="Report"
              isLabelHidden
              choices={REPORTS}
              value={report}
              onChange={({ target: { value } }) => change({ report: value === 'trail' ? undefined : value })}
            />
            <ExportButton label="Export as CSV" path={pathOf('csv')} />
            <ExportButton label="Export as JSON" path={pathOf('jsonl')} />
          </>
        }
      >
        {report === 'types' ? (
          <Shown read={read} lines={8}>
            {({ auditReport }) => <EventTypes report={auditReport} onChoose={type => change({ report: undefined, type })} />}
          </Shown>
        ) : (
          <>
            {report === 'trail' && (
              <TrailFilters view={view} types={(read.data?.auditReport.eventsByType ?? []).map(({ eventType }) => eventType)} onChange={change} />
            )}
            <Trail key={version} view={view} onOpen={entry => change({ entry })} />
          </>
        )}
      </Card>
      {isErasing && (
        <EraseDialog
          onDone={text => {
            setErasing(false)
            setSaid(text)
            setVersion(version + 1)
          }}
          onClose={() => setErasing(false)}
        />
      )}
      {opened !== undefined && <EntryDialog id={opened} onClose={() => change({ entry: undefined })} />}
    </Frame>
  )
}
