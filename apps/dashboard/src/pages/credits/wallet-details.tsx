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
import { formatCompact, formatDecimal, wordOf } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { ONE_WALLET, type OneWalletQuery } from './credits.operations.ts'
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
              </Card>
              {isEditing && tenantId !== undefined && <TermsDialog {...{ tenantId, customerId, wallet, onDone }} onClose={() => setEditing(false)} />}
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
        empty={<Empty title="Nothing is left.">{emptyText(wallet)}</Empty>}
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

function emptyText({ whenEmpty, overdraftLimit }: Pick<NonNullable<OneWalletQuery['wallet']>, 'whenEmpty' | 'overdraftLimit'>): string {
  if (whenEmpty === 'BLOCK') return 'Requests that need credits are refused until there is another grant.'
  if (whenEmpty === 'OVERDRAFT') return `Requests are allowed until ${formatDecimal(overdraftLimit)} credits are owed.`
  return 'Requests are allowed; what they need is owed.'
}
