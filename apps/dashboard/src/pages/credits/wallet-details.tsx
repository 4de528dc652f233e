import { useCallback, useMemo, useState } from 'react'
import { lastDays } from '../../app/last-days.ts'
import { useTenant } from '../../app/tenant-context.ts'
import { chartData } from '../../charts/chart-data.ts'
import { colorOf } from '../../charts/palette.ts'
import { TimeChart } from '../../charts/time-chart.tsx'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatCompact, formatCount, formatDecimal, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { ONE_WALLET, type OneWalletQuery } from './credits.operations.ts'
import { Allowances } from './allowances.tsx'
import { TermsDialog } from './terms-dialog.tsx'
import { VoidDialog } from './void-dialog.tsx'
import { WalletEntries } from './wallet-entries.tsx'

const DAYS = 30

export interface WalletDetailsProps {
  /** Null for the wallet of the tenant itself. */
  readonly customerId: string | null
  readonly mayVoid: boolean
  readonly onDone: (said: string) => void
}

/** The course of one wallet, its grants, and its entries. */
export function WalletDetails({ customerId, mayVoid, onDone }: WalletDetailsProps) {
  const { tenantId, timeZone } = useTenant()
  const range = useMemo(() => lastDays(DAYS), [])
  const [isEditing, setEditing] = useState(false)
  const read = useRead(ONE_WALLET, { tenantId: tenantId ?? null, customerId, range, timeZone })
  return (
    <>
      <Shown read={read} lines={6}>
        {({ wallet, creditBurnDown }) =>
          wallet === null ? (
            <Empty title="There is no such wallet.">A grant makes it.</Empty>
          ) : (
            <>
              <Card
                title={`The last ${DAYS} days of the wallet of ${customerId ?? 'the tenant'}`}
                actions={mayVoid && <Button onClick={() => setEditing(true)}>Change the terms</Button>}
              >
                <BurnDown days={creditBurnDown} />
                <p className="mt-3 break-words text-muted">{termsText(wallet)}</p>
              </Card>
              {isEditing && tenantId !== undefined && <TermsDialog {...{ tenantId, customerId, wallet, onDone }} onClose={() => setEditing(false)} />}
              <Allowances {...{ customerId, mayChange: mayVoid, onDone }} allowances={wallet.allowances} />
              <Grants wallet={wallet} mayVoid={mayVoid} onDone={onDone} />
            </>
          )
        }
      </Shown>
      <WalletEntries customerId={customerId} />
    </>
  )
}

function BurnDown({ days }: { readonly days: OneWalletQuery['creditBurnDown'] }) {
  const data = useMemo(() => {
    const points = days.map(({ from, ...day }) => ({ start: from, ...day }))
    const balance = { key: 'balance', label: 'Balance at the end of the day', color: colorOf('credits', 'balance'), points }
    const consumed = { key: 'consumed', label: 'Spent', color: colorOf('credits', 'consumed'), points }
    const balances = chartData([balance], point => Number(point.balance), Date.now())
    return { ...balances, series: [...balances.series, ...chartData([consumed], point => Number(point.consumed), Date.now()).series] }
  }, [days])
  const format = useCallback((value: number) => formatCompact(value), [])
  return <TimeChart label="Credits by day" data={data} format={format} />
}

function Grants({
  wallet,
  mayVoid,
  onDone,
}: {
  readonly wallet: NonNullable<OneWalletQuery['wallet']>
  readonly mayVoid: boolean
  readonly onDone: (said: string) => void
}) {
  const [voided, setVoided] = useState<(typeof wallet.grants)[number]>()
  return (
    <Card title="Grants that can still be spent">
      <DataTable
        caption="Grants in the order in which they are spent"
        rows={wallet.grants}
        keyOf={({ id }) => id}
        empty={<Empty title="Nothing is left.">{`From now on, ${emptyText(wallet)}`}</Empty>}
        columns={[
          {
            header: 'From',
            cell: ({ source, description }) => (description === null ? wordOf(source) : `${wordOf(source)}: ${description}`),
            className: 'max-w-72 break-words',
          },
          { header: 'Granted', isNumber: true, cell: ({ amount }) => formatDecimal(amount) },
          { header: 'Left', isNumber: true, cell: ({ remaining }) => formatDecimal(remaining) },
          { header: 'Starts', cell: ({ effectiveAt }) => <Time at={effectiveAt} /> },
          { header: 'Expires', cell: ({ expiresAt }) => (expiresAt === null ? 'never' : <Time at={expiresAt} />) },
          ...(mayVoid
            ? [
                {
                  header: <span className="sr-only">Change</span>,
                  cell: (grant: (typeof wallet.grants)[number]) => (
                    <Button look="danger" onClick={() => setVoided(grant)}>
                      Void
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {voided !== undefined && <VoidDialog grant={voided} onDone={onDone} onClose={() => setVoided(undefined)} />}
    </Card>
  )
}

type Wallet = NonNullable<OneWalletQuery['wallet']>

function emptyText({ whenEmpty, overdraftLimit }: Wallet): string {
  if (whenEmpty === 'BLOCK') return 'requests that need credits are refused until there is another grant.'
  if (whenEmpty === 'OVERDRAFT') return `requests are allowed until ${formatDecimal(overdraftLimit)} credits are owed.`
  return 'requests are allowed; what they need is owed.'
}

function termsText(wallet: Wallet): string {
  const { alertBelow, alertDaysLeft, alertExpiresWithinDays, topUp } = wallet
  const alerts = [
    ...(alertBelow.length === 0 ? [] : [`when ${alertBelow.map(formatDecimal).join(', ')} are left`]),
    ...(alertDaysLeft === null ? [] : [`when they last less than ${formatCount(alertDaysLeft)} days`]),
    ...(alertExpiresWithinDays === null ? [] : [`${formatCount(alertExpiresWithinDays)} days before some expire`]),
  ]
  return [
    `When it is empty, ${emptyText(wallet)}`,
    alerts.length === 0 ? 'It never alerts.' : `It alerts ${alerts.join(', ')}.`,
    topUp === null
      ? 'It is not topped up by itself.'
      : `At ${formatDecimal(topUp.threshold)} it requests ${formatDecimal(topUp.amount)} more, at most ${formatDecimal(topUp.maxPerMonth)} a month.`,
  ].join(' ')
}
