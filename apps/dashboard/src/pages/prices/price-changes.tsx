import { useRef, useState } from 'react'
import { useTenant } from '../../app/tenant-context.ts'
import { problemOf } from '../../graphql/problem.ts'
import { useChange } from '../../graphql/use-change.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { formatCount } from '../../ui/format.ts'
import { Time } from '../../ui/time.tsx'
import { type RateMove, rateMoveText } from './rate-moves.ts'
import { APPROVE_CHANGES, PRICE_FEED, type PriceFeedQuery, REFRESH_PRICES, REFUSE_CHANGES } from './upkeep.operations.ts'

type PriceChange = PriceFeedQuery['priceCatalogStatus']['feed']['changes'][number]

/** How many rates of a model are shown at once. */
const SHOWN_MOVES = 4

export interface PriceChangesProps {
  readonly mayDecide: boolean
  readonly onDone: (said: string) => void
}

/** The feed of list prices, and prices of it that wait because they move far. Nothing without a feed. */
export function PriceChanges({ mayDecide, onDone }: PriceChangesProps) {
  const { data, refresh } = useRead(PRICE_FEED, {})
  const [decided, setDecided] = useState<{ readonly change: PriceChange; readonly approves: boolean }>()
  const [isRefreshing, setRefreshing] = useState(false)
  // It may be refused because somebody else has decided.
  const close = () => {
    setDecided(undefined)
    refresh()
  }
  const feed = data?.priceCatalogStatus.feed
  if (feed === undefined || !feed.configured) return null
  return (
    <Card title="Feed of list prices" actions={mayDecide && <Button onClick={() => setRefreshing(true)}>Check it now</Button>}>
      <p className="mb-3 break-words text-muted">
        {feed.checkedAt === null ? (
          'It was not checked yet.'
        ) : (
          <>
            Checked <Time at={feed.checkedAt} />
            {feed.problem === null ? '.' : `: ${feed.problem}`}
          </>
        )}
      </p>
      {feed.changes.length > 0 && (
        <DataTable
          caption="Prices that wait for a decision"
          rows={feed.changes}
          keyOf={({ id }) => id}
          columns={[
            { header: 'Provider', cell: ({ provider }) => provider },
            { header: 'Model', cell: ({ model }) => model, className: 'max-w-72 break-words' },
            {
              header: 'What moves',
              className: 'min-w-64',
              cell: ({ model, moves }) => <Moves model={model} moves={moves} shown={SHOWN_MOVES} />,
            },
            ...(mayDecide
              ? [
                  {
                    header: <span className="sr-only">What to do</span>,
                    cell: (change: PriceChange) => (
                      <span className="flex flex-wrap justify-end gap-2">
                        <Button aria-label={`Use the new prices of ${change.model}`} onClick={() => setDecided({ change, approves: true })}>
                          Use the new prices
                        </Button>
                        <Button look="quiet" aria-label={`Keep the prices of ${change.model}`} onClick={() => setDecided({ change, approves: false })}>
                          Keep the old
                        </Button>
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {decided !== undefined && <DecisionDialog {...decided} onDone={onDone} onClose={close} />}
      {isRefreshing && <RefreshDialog onDone={onDone} onClose={() => setRefreshing(false)} />}
    </Card>
  )
}

interface MovesProps {
  readonly model: string
  readonly moves: readonly RateMove[]
  /** How many are shown at once. The others open. */
  readonly shown: number
}

function Moves({ model, moves, shown }: MovesProps) {
  const { timeZone } = useTenant()
  const texts = moves.map(move => rateMoveText(move, timeZone))
  const more = texts.length - shown
  return (
    <>
      <Lines texts={texts.slice(0, shown)} />
      {more > 0 && (
        <details>
          <summary>
            and {more} more<span className="sr-only"> rates of {model}</span>
          </summary>
          <Lines texts={texts.slice(shown)} />
        </details>
      )}
    </>
  )
}

function Lines({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul>
      {texts.map(text => (
        <li key={text} className="break-words">
          {text}
        </li>
      ))}
    </ul>
  )
}

interface DecisionDialogProps {
  readonly change: PriceChange
  readonly approves: boolean
  readonly onDone: (said: string) => void
  readonly onClose: () => void
}

function DecisionDialog({ change: { id, provider, model, moves }, approves, onDone, onClose }: DecisionDialogProps) {
  const [approve] = useChange(APPROVE_CHANGES)
  const [refuse] = useChange(REFUSE_CHANGES)
  const input = { ids: [id] }
  const send = async () =>
    approves
      ? problemOf(await approve({ input }), ({ approvePriceChanges }) => approvePriceChanges)
      : problemOf(await refuse({ input }), ({ refusePriceChanges }) => refusePriceChanges)
  return (
    <FormDialog
      title={approves ? `Use the new prices of ${model}` : `Keep the prices of ${model}`}
      about={
        approves
          ? `Calls of ${provider} ${model} that are recorded from now on cost what the list says. What was recorded stays.`
          : 'The prices in use stay. A later list with other prices asks again.'
      }
      submitText={approves ? 'Use the new prices' : 'Keep the old prices'}
      send={send}
      onDone={() => onDone(approves ? `The new prices of ${model} are used.` : `The prices of ${model} stay.`)}
      onClose={onClose}
    >
      {() => (
        <div className="rounded-md bg-sunken p-3">
          <Moves model={model} moves={moves} shown={moves.length} />
        </div>
      )}
    </FormDialog>
  )
}

function RefreshDialog({ onDone, onClose }: Omit<DecisionDialogProps, 'change' | 'approves'>) {
  const said = useRef('')
  const [refresh] = useChange(REFRESH_PRICES)
  const send = async () => {
    const changed = await refresh({})
    const result = changed.data?.refreshPrices
    if (result?.__typename === 'RefreshPricesPayload') said.current = `The feed was checked: ${formatCount(result.addedPrices)} prices were added.`
    return problemOf(changed, ({ refreshPrices }) => refreshPrices)
  }
  return (
    <FormDialog
      title="Check the feed of prices now"
      about="New list prices apply to events that are recorded from now on. Calls of the last 30 days without a price are rated with them."
      submitText="Check it now"
      send={send}
      onDone={() => onDone(said.current)}
      onClose={onClose}
    />
  )
}
