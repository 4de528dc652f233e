import { useTenant } from '../../app/tenant-context.ts'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { useView } from '../../app/use-view.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { NearLimits } from './near-limits.tsx'
import { OpenAlerts } from './open-alerts.tsx'
import { OVERVIEW } from './overview.operations.ts'
import { GROUPINGS, PERIODS, readOverviewView } from './overview-view.ts'
import { StackedChart } from './stacked-chart.tsx'
import { Stats } from './stats.tsx'
import { Today } from './today.tsx'
import { TopConsumers } from './top-consumers.tsx'

/** What happened in a period, against the period before: of all tenants together, or of one. */
export function Page() {
  const { kind } = useViewer()
  const showsCosts = useScope('costs:read')
  const { tenantId, timeZone } = useTenant()
  const [{ period, by }, change] = useView(readOverviewView)
  const variables = { tenantId: tenantId ?? null, period: period.value, granularity: period.granularity, timeZone }
  const read = useRead(OVERVIEW, variables)
  const usage = read.data?.usage
  const isInstallation = kind === 'OPERATOR' && tenantId === undefined

  return (
    <Frame
      title="Overview"
      about={
        <>
          {isInstallation ? 'All tenants together, in UTC.' : `In the time zone ${timeZone}.`} <Today />
        </>
      }
      actions={
        <SelectField
          label="Period"
          isLabelHidden
          choices={PERIODS}
          value={period.value}
          onChange={({ target: { value } }) => change({ period: value === 'LAST_30_DAYS' ? undefined : value })}
        />
      }
    >
      {/* Each part asks for its own figures at once, and appears when it has them. */}
      <Shown read={read} lines={4}>
        {data => <Stats usage={data.usage} showsCosts={showsCosts} />}
      </Shown>
      <Card
        title={showsCosts ? 'Cost over time' : 'Charge over time'}
        actions={
          <SelectField
            label="Stacked by"
            isLabelHidden
            choices={GROUPINGS}
            value={by}
            onChange={({ target: { value } }) => change({ by: value === 'MODEL' ? undefined : value })}
          />
        }
      >
        {usage?.totals.calls === 0 ? (
          <Empty title="There is no usage in this period.">Choose a longer period, or send events: the page “Get started” shows how.</Empty>
        ) : (
          <StackedChart period={period} by={by} showsCosts={showsCosts} />
        )}
      </Card>
      {isInstallation && (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <TopConsumers range={usage && { from: usage.from, to: usage.to }} />
          <NearLimits />
        </div>
      )}
      <OpenAlerts />
    </Frame>
  )
}
