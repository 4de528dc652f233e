import { useTenant } from '../../app/tenant-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatDecimal } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { ENFORCEMENTS } from './enforcements.ts'
import { limitName } from './quota-name.ts'
import { type LimitFragment, QUOTA_LIMITS } from './quotas.operations.ts'

export interface LimitsProps {
  readonly onEdit: ((limit: LimitFragment) => void) | undefined
  /** Gets the plan whose limits apply now. */
  readonly onPutOnPlan: ((current: string) => void) | undefined
}

/** The limits of the tenant: those of its plan, and those that were set for it. */
export function Limits({ onEdit, onPutOnPlan }: LimitsProps) {
  const { tenantId } = useTenant()
  const read = useRead(QUOTA_LIMITS, { tenantId: tenantId ?? null })
  return (
    <Shown read={read}>
      {({ quotaStatus: { plan, quotas } }) => {
        const limits = [...new Map(quotas.map(({ policy }) => [limitName(policy), policy])).values()]
        return (
          <Card
            title={`Limits, by the plan “${plan}”`}
            actions={onPutOnPlan !== undefined && <Button onClick={() => onPutOnPlan(plan)}>Change the plan</Button>}
          >
            <DataTable
              caption="Limits"
              rows={limits}
              keyOf={limitName}
              empty={<Empty title="The plan has no limits.">Set one for this tenant, or publish a quota plan for its tier.</Empty>}
              columns={[
                { header: 'Limit', className: 'min-w-40 max-w-80 break-words', cell: limitName },
                { header: 'At most', isNumber: true, cell: ({ limit }) => (limit === null ? 'no limit' : formatDecimal(limit)) },
                { header: 'When reached', cell: ({ enforcement }) => ENFORCEMENTS[enforcement] },
                {
                  header: 'Alerts at',
                  className: 'min-w-36',
                  cell: ({ alertAt }) => alertAt.map(percent => `${formatDecimal(percent)} %`).join(', ') || 'never',
                },
                { header: 'From', cell: ({ source }) => <Badge>{source === 'PLAN' ? 'plan' : 'set for this tenant'}</Badge> },
                ...(onEdit === undefined
                  ? []
                  : [
                      {
                        header: <span className="sr-only">Change</span>,
                        cell: (limit: LimitFragment) => (
                          <Button onClick={() => onEdit(limit)} aria-label={`Change ${limitName(limit)}`}>
                            Change
                          </Button>
                        ),
                      },
                    ]),
              ]}
            />
          </Card>
        )
      }}
    </Shown>
  )
}
