import { useTenant } from '../../app/tenant-context.ts'
import { choiceIn, useView } from '../../app/use-view.ts'
import { useViewer } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { SelectField } from '../../ui/field.tsx'
import { formatDecimal, wordOf } from '../../ui/format.ts'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Page as Frame } from '../../ui/page.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { ALERTS } from './alerts.operations.ts'
import { Rules } from './rules.tsx'

const STATES = ['RAISED', 'RECOVERED'] as const
const PAGE = 20
const MAX = 100

/** Alerts that are open or have recovered, and the rules that raise them. */
export function Page() {
  const { kind } = useViewer()
  const { tenantId } = useTenant()
  const [state, change] = useView(search => choiceIn(search, 'state', STATES))
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const read = useRead(ALERTS, { tenantId: tenantId ?? null, state: state ?? null, first })
  return (
    <Frame title="Alerts" about="What needs attention: quotas that are exceeded, slow or failing calls, and unusual costs.">
      <Card
        title="Raised alerts"
        actions={
          <SelectField
            label="State"
            isLabelHidden
            choices={[{ value: '', label: 'Open and recovered' }, ...STATES.map(value => ({ value, label: value === 'RAISED' ? 'Open' : 'Recovered' }))]}
            value={state ?? ''}
            onChange={({ target: { value } }) => change({ state: value === '' ? undefined : value })}
          />
        }
      >
        <Shown read={read}>
          {({ alerts: { nodes, pageInfo } }) => (
            <>
              <DataTable
                caption="Alerts"
                rows={nodes}
                keyOf={({ id }) => id}
                empty={<Empty title="There is no alert.">The rules below are evaluated every minute.</Empty>}
                columns={[
                  { header: 'Raised', cell: ({ raisedAt }) => <Time at={raisedAt} /> },
                  { header: 'Kind', cell: alert => wordOf(alert.kind) },
                  { header: 'Tenant', cell: ({ tenant }) => tenant?.name ?? 'all together', className: 'max-w-48 break-words' },
                  { header: 'What', cell: ({ message }) => message, className: 'min-w-64 break-words' },
                  { header: 'Value', isNumber: true, cell: ({ value, threshold }) => `${formatDecimal(value)} of ${formatDecimal(threshold)}` },
                  {
                    header: 'State',
                    cell: ({ state: current, recoveredAt }) =>
                      current === 'RAISED' ? (
                        <Badge tone="bad">open</Badge>
                      ) : (
                        <span>
                          recovered <Time at={recoveredAt} />
                        </span>
                      ),
                  },
                ]}
              />
              <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
            </>
          )}
        </Shown>
      </Card>
      {kind === 'OPERATOR' && <Rules />}
    </Frame>
  )
}
