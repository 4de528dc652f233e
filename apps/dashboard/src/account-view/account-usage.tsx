import { useId } from 'react'
import { useScope } from '../app/viewer-context.ts'
import { useRead } from '../graphql/use-read.ts'
import { formatAmount, formatChange, formatCompact, formatDuration, formatShare, formatShortAmount } from '../ui/format.ts'
import { Stat } from '../ui/stat.tsx'
import { Shown } from '../ui/states.tsx'
import { ACCOUNT_USAGE, type AccountMeasuresFragment } from './account.operations.ts'
import { type Account, filterOf } from './account.ts'
import { useFresh } from './use-fresh.ts'

/** The usage of today and of this month, each against as much of the day and of the month before. */
export function AccountUsage(account: Account) {
  const read = useRead(ACCOUNT_USAGE, { tenantId: account.tenantId, filter: filterOf(account) })
  useFresh(read.refresh)
  return (
    <Shown read={read} lines={6}>
      {({ today, month }) => (
        <>
          <Measures title="Today" now={today.totals} before={today.previous.totals} />
          <Measures title="This month" now={month.totals} before={month.previous.totals} />
        </>
      )}
    </Shown>
  )
}

interface MeasuresProps {
  readonly title: string
  readonly now: AccountMeasuresFragment
  readonly before: AccountMeasuresFragment
}

function Measures({ title, now, before }: MeasuresProps) {
  const showsCosts = useScope('costs:read')
  const id = useId()
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-base font-semibold">
        {title}
      </h2>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fit,minmax(9rem,1fr))]">
        <Stat label="Calls" value={formatCompact(now.calls)} {...against(now.calls, before.calls)} />
        <Stat label="Tokens" value={formatCompact(now.tokens.total)} {...against(Number(now.tokens.total), Number(before.tokens.total))} />
        {now.charge !== null && (
          <Stat
            label="Charge"
            value={formatShortAmount(now.charge, now.currency)}
            exact={formatAmount(now.charge, now.currency)}
            {...against(Number(now.charge), Number(before.charge ?? 0))}
          />
        )}
        {showsCosts && now.cost !== null && (
          <Stat
            label="Cost"
            value={formatShortAmount(now.cost, now.currency)}
            exact={formatAmount(now.cost, now.currency)}
            {...against(Number(now.cost), Number(before.cost ?? 0))}
            isMoreBetter={false}
          />
        )}
        <Stat label="Error rate" value={formatShare(now.errorRate)} />
        <Stat label="Latency (p95)" value={now.latencyMs === null ? '–' : formatDuration(now.latencyMs.p95)} />
      </div>
    </section>
  )
}

function against(now: number, before: number) {
  return { change: formatChange(before === 0 ? null : (now - before) / before), isLess: now === before ? undefined : now < before }
}
