import { textIn, useView } from '../../app/use-view.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { TextField } from '../../ui/field.tsx'
import { formatPrice, wordOf } from '../../ui/format.ts'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { CATALOG } from './prices.operations.ts'

const PAGE = 20
const MAX = 100
const CURRENCY = 'USD'

/** The prices that are known, by provider and model. */
export function Catalog() {
  const [{ provider, model }, change] = useView(search => ({ provider: textIn(search, 'provider'), model: textIn(search, 'model') }))
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const read = useRead(CATALOG, { provider: provider ?? null, model: model ?? null, first })
  return (
    <Card
      title="Catalogue"
      actions={
        <>
          <TextField
            label="Provider"
            isLabelHidden
            placeholder="Provider"
            value={provider ?? ''}
            onChange={({ target: { value } }) => change({ provider: value || undefined }, { replace: true })}
          />
          <TextField
            label="Model"
            isLabelHidden
            placeholder="Model"
            value={model ?? ''}
            onChange={({ target: { value } }) => change({ model: value || undefined }, { replace: true })}
          />
        </>
      }
    >
      <Shown read={read} lines={8}>
        {({ prices: { nodes, pageInfo } }) => (
          <>
            <DataTable
              caption="Prices in USD per million tokens"
              rows={nodes}
              keyOf={({ id }) => id}
              empty={<Empty title="There is no price for this.">Write the provider and the model in full, as the provider names them.</Empty>}
              columns={[
                { header: 'Provider', cell: price => price.provider },
                { header: 'Model', cell: price => price.model, className: 'max-w-72 break-words' },
                {
                  header: 'Only for',
                  cell: ({ serviceTier, speed, region }) =>
                    [serviceTier === 'STANDARD' ? null : wordOf(serviceTier), speed, region].filter(text => text !== null).join(', '),
                },
                { header: 'Input / 1M', isNumber: true, cell: ({ perMillionTokens }) => formatPrice(perMillionTokens.input, CURRENCY) },
                { header: 'Output / 1M', isNumber: true, cell: ({ perMillionTokens }) => formatPrice(perMillionTokens.output, CURRENCY) },
                { header: 'Cached / 1M', isNumber: true, cell: ({ perMillionTokens }) => formatPrice(perMillionTokens.cacheRead, CURRENCY) },
                { header: 'From', cell: ({ from }) => (from === null ? 'always' : <Time at={from} style="day" />) },
                { header: 'To', cell: ({ to }) => <Time at={to} style="day" /> },
                {
                  header: 'Source',
                  cell: ({ source, tenant }) => <Badge>{tenant === null ? (source === 'BUNDLED' ? 'public list' : 'your own') : `only ${tenant.name}`}</Badge>,
                },
              ]}
            />
            <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
          </>
        )}
      </Shown>
    </Card>
  )
}
