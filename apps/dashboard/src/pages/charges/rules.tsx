import { useState } from 'react'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatAmount, formatCount, wordOf } from '../../ui/format.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { CHARGE_RULES, type ChargeRulesQuery, WITHDRAW_RULE } from './charges.operations.ts'

type Rule = ChargeRulesQuery['chargeRules']['nodes'][number]

const PAGE = 20
const MAX = 100

/** The versions of charge rules, latest published first. */
export function Rules({ onDone }: { readonly onDone: ((said: string) => void) | undefined }) {
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const [withdrawn, setWithdrawn] = useState<Rule>()
  const read = useRead(CHARGE_RULES, { first })
  return (
    <Card title="Rules">
      <Shown read={read}>
        {({ chargeRules: { nodes, pageInfo } }) => (
          <>
            <DataTable
              caption="Charge rules"
              rows={nodes}
              keyOf={({ id }) => id}
              empty={
                <Empty title="There is no rule, so tenants are charged nothing.">Publish a markup: with 40 %, a tenant is charged 1.40 for a cost of 1.</Empty>
              }
              columns={[
                { header: 'Rule', cell: ({ label, name }) => label || name, className: 'max-w-80 break-words' },
                { header: 'Kind', cell: ({ kind }) => <Badge>{wordOf(kind)}</Badge> },
                {
                  header: 'For',
                  cell: ({ tenant, plan }) => tenant?.name ?? (plan === null ? 'all tenants' : `the plan ${plan}`),
                  className: 'max-w-48 break-words',
                },
                { header: 'Version', isNumber: true, cell: ({ version }) => version },
                { header: 'From', cell: ({ from }) => <Time at={from} style="day" /> },
                { header: 'To', cell: ({ to, withdrawn: isWithdrawn }) => (isWithdrawn ? <Badge tone="warn">withdrawn</Badge> : <Time at={to} style="day" />) },
                {
                  header: 'Discounted',
                  isNumber: true,
                  cell: ({ totals }) => (totals === null ? '' : `${formatAmount(totals.discounted, 'USD')}, ${formatCount(totals.redemptions)} redeemed`),
                },
                ...(onDone === undefined
                  ? []
                  : [
                      {
                        header: <span className="sr-only">Change</span>,
                        cell: (rule: Rule) =>
                          !rule.withdrawn && (
                            <Button look="danger" aria-label={`Withdraw ${rule.label || rule.name}`} onClick={() => setWithdrawn(rule)}>
                              Withdraw
                            </Button>
                          ),
                      },
                    ]),
              ]}
            />
            <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
            {withdrawn !== undefined && onDone !== undefined && <WithdrawDialog rule={withdrawn} onDone={onDone} onClose={() => setWithdrawn(undefined)} />}
          </>
        )}
      </Shown>
    </Card>
  )
}

interface WithdrawDialogProps {
  readonly rule: Rule
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

function WithdrawDialog({ rule: { id, label, name }, onDone, onClose }: WithdrawDialogProps) {
  const [withdraw] = useChange(WITHDRAW_RULE)
  return (
    <FormDialog
      title="Withdraw the rule"
      about={`From now on, “${label || name}” does not apply. What was charged by it stays charged.`}
      submitText="Withdraw the rule"
      look="danger"
      send={async () => problemOf(await withdraw({ input: { id } }), ({ withdrawChargeRule }) => withdrawChargeRule)}
      onDone={() => onDone(`The rule ${label || name} was withdrawn.`)}
      onClose={onClose}
    />
  )
}
