import { useCallback, useMemo } from 'react'
import { useScope } from '../app/viewer-context.ts'
import { chartData } from '../charts/chart-data.ts'
import { colorOf } from '../charts/palette.ts'
import { TimeChart } from '../charts/time-chart.tsx'
import { useRead } from '../graphql/use-read.ts'
import { Card } from '../ui/card.tsx'
import { Facts } from '../ui/facts.tsx'
import { formatCompact, formatCount, formatDecimal } from '../ui/format.ts'
import { Empty, Shown } from '../ui/states.tsx'
import { Time } from '../ui/time.tsx'
import { ACCOUNT_CREDITS, type AccountCreditsQuery } from './account.operations.ts'
import { type Account, lastDays } from './account.ts'
import { daysLeft } from './days-left.ts'

const DAYS = 30

/** What is left in the wallet, how it went down, and for how long it lasts. */
export function AccountCredits({ tenantId, customerId }: Account) {
  const isAllowed = useScope('credits:read')
  const range = useMemo(() => lastDays(DAYS, Date.now()), [])
  const read = useRead(ACCOUNT_CREDITS, { tenantId, customerId, range }, { isPaused: !isAllowed })
  if (!isAllowed) return null
  return (
    <Card title="Credits">
      <Shown read={read} lines={6}>
        {({ wallet, creditBurnDown }) =>
          wallet === null ? (
            <Empty title="There is no wallet.">
              {customerId === null ? 'Usage is not paid with credits.' : 'Usage of this customer is paid by the tenant.'}
            </Empty>
          ) : (
            <Wallet wallet={wallet} days={creditBurnDown} />
          )
        }
      </Shown>
    </Card>
  )
}

interface WalletProps {
  readonly wallet: NonNullable<AccountCreditsQuery['wallet']>
  readonly days: AccountCreditsQuery['creditBurnDown']
}

function Wallet({ wallet: { balance, available, reserved, currentMonthConsumed, grants }, days }: WalletProps) {
  const data = useMemo(() => {
    const points = days.map(({ from, balance: left }) => ({ start: from, left }))
    return chartData([{ key: 'balance', label: 'Balance', color: colorOf('credits', 'balance'), points }], ({ left }) => Number(left), Date.now())
  }, [days])
  const format = useCallback((value: number) => formatCompact(value), [])
  const lasts = daysLeft(available, days)
  const expiring = grants.flatMap(({ expiresAt }) => (expiresAt === null ? [] : [expiresAt])).toSorted()[0]
  return (
    <div className="flex flex-col gap-4">
      <Facts
        facts={[
          ['Balance', <strong key="balance">{formatDecimal(balance)}</strong>],
          ['Available', formatDecimal(available)],
          ['Reserved', formatDecimal(reserved)],
          ['Spent this month', formatDecimal(currentMonthConsumed)],
          [
            'Lasts',
            lasts === undefined
              ? null
              : lasts < 1
                ? 'less than a day, at the pace of the last 7 days'
                : `about ${formatCount(Math.floor(lasts))} days, at the pace of the last 7 days`,
          ],
          ['Next to expire', expiring === undefined ? null : <Time at={expiring} />],
        ]}
      />
      <TimeChart label="Balance at the end of each day (credits)" data={data} format={format} height={180} />
    </div>
  )
}
