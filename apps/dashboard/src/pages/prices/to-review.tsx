import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatCount } from '../../ui/format.ts'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import type { ModelName } from './model-name.ts'
import { CATALOG_STATUS } from './prices.operations.ts'

export interface ToReviewProps {
  readonly onPrice?: (model: ModelName) => void
  readonly onRate?: (model: ModelName) => void
}

/** Models in use without a price, or with an old one, and what to do about each. */
export function ToReview({ onPrice, onRate }: ToReviewProps) {
  const read = useRead(CATALOG_STATUS, {})
  return (
    <Card title="Models that need a look">
      <Shown read={read}>
        {({ priceCatalogStatus: { pricesToReview, bundledPrices, publishedPrices, listDate, listAgeDays, listIsOld } }) => (
          <>
            <p className="mb-3 text-muted">
              {`${formatCount(bundledPrices)} prices of public lists and ${formatCount(publishedPrices)} of your own. `}
              The lists are of <Time at={listDate} style="day" />
              {listAgeDays === null ? '.' : listAgeDays === 1 ? ', 1 day ago. ' : `, ${formatCount(listAgeDays)} days ago. `}
              {listIsOld && <Badge tone="warn">old</Badge>}
            </p>
            <DataTable
              caption="Models without a price, or with an old one"
              rows={pricesToReview}
              keyOf={({ provider, model }) => `${provider} ${model}`}
              empty={<Empty title="Every model in use has a recent price." />}
              columns={[
                { header: 'Provider', cell: ({ provider }) => provider },
                { header: 'Model', cell: ({ model }) => model, className: 'max-w-72 break-words' },
                { header: 'Calls', isNumber: true, cell: ({ calls }) => formatCount(calls) },
                {
                  header: 'Problem',
                  cell: ({ unpricedCalls, ageDays }) =>
                    unpricedCalls > 0 ? (
                      <Badge tone="bad">{`${formatCount(unpricedCalls)} calls without a price`}</Badge>
                    ) : (
                      <Badge tone="warn">{`price is ${ageDays ?? 0} days old`}</Badge>
                    ),
                },
                ...(onPrice === undefined
                  ? []
                  : [
                      {
                        header: <span className="sr-only">What to do</span>,
                        cell: ({ provider, model, unpricedCalls }: ModelName & { readonly unpricedCalls: number }) => (
                          <div className="flex flex-wrap gap-2">
                            <Button onClick={() => onPrice({ provider, model })} aria-label={`Publish a price of ${model}`}>
                              Publish a price
                            </Button>
                            {unpricedCalls > 0 && (
                              <Button look="quiet" onClick={() => onRate?.({ provider, model })} aria-label={`Rate past calls of ${model} again`}>
                                Rate again
                              </Button>
                            )}
                          </div>
                        ),
                      },
                    ]),
              ]}
            />
          </>
        )}
      </Shown>
    </Card>
  )
}
