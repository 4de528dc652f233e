import { useTenant } from '../../app/tenant-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { formatDecimal } from '../../ui/format.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { LoadMore, useFirst } from '../../ui/load-more.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { WALLETS } from './credits.operations.ts'
import { TENANT_WALLET } from './tenant-wallet.ts'

const PAGE = 20
const MAX = 100

export interface WalletListProps {
  readonly opened: string | undefined
  readonly onOpen: (wallet: string) => void
}

/** The wallet of the tenant, then those of its customers. */
export function WalletList({ opened, onOpen }: WalletListProps) {
  const { tenantId } = useTenant()
  const part = useFirst(PAGE, MAX)
  const { first } = part
  const read = useRead(WALLETS, { tenantId: tenantId ?? null, first })
  return (
    <Card title="Wallets">
      <Shown read={read}>
        {({ wallets: { nodes, pageInfo } }) => (
          <>
            <DataTable
              caption="Wallets"
              rows={nodes}
              keyOf={({ id }) => id}
              empty={<Empty title="There is no wallet yet.">The first grant makes one: for the tenant itself, or for one of its customers.</Empty>}
              columns={[
                {
                  header: 'Wallet of',
                  className: 'min-w-36 max-w-64',
                  cell: ({ customerId }) => (
                    <LinkButton aria-current={opened === (customerId ?? TENANT_WALLET)} onClick={() => onOpen(customerId ?? TENANT_WALLET)}>
                      {customerId ?? 'the tenant itself'}
                    </LinkButton>
                  ),
                },
                { header: 'Available', isNumber: true, cell: ({ available }) => formatDecimal(available) },
                { header: 'Reserved', isNumber: true, cell: ({ reserved }) => formatDecimal(reserved) },
                { header: 'Spent this month', isNumber: true, cell: ({ currentMonthConsumed }) => formatDecimal(currentMonthConsumed) },
              ]}
            />
            <LoadMore part={part} hasMore={pageInfo.hasNextPage} isLoading={read.isLoading} />
          </>
        )}
      </Shown>
    </Card>
  )
}
