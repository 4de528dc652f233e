import type { CreditEntry, Grant, WalletStatus } from '@tollgate/credits'
import type { Temporal } from '@tollgate/kernel'
import { Command } from 'commander'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { CreditGrantId } from '../ids.ts'

/** Long lists are cut off. GraphQL has pages for programs. */
const MAX_SHOWN = 1_000

/** The distant past and future, for a list with one bound. */
const [ALWAYS_FROM, ALWAYS_TO] = ['0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z']

interface WalletOptions {
  readonly customer?: string
}

/** `tollgate credits wallet` */
export function walletCommand(): Command {
  return new Command('wallet')
    .description('Shows the wallet of a tenant or customer and its grants, in the order in which they are spent.')
    .argument('<tenant>', 'id of the tenant')
    .option('--customer <id>', 'customer of the tenant (default: the tenant itself)')
    .action(async (tenantId: string, { customer }: WalletOptions) => {
      const status = await withTollgate(async ({ accounts, credits }) => {
        await accounts.requireTenant(tenantId)
        return credits.wallet({ tenantId, customerId: customer })
      })
      if (status === undefined) return note('There is no wallet. "credits grant" creates one.')
      describeWallet(status)
    })
}

function describeWallet({ balance, grants, wallet: { tenantId, balances, terms } }: WalletStatus): void {
  const { available, reserved, consumed } = balances
  print(`${balance.toFixed()} credits: ${available.toFixed()} available, ${reserved.toFixed()} reserved; ${consumed.toFixed()} consumed so far`)
  const { whenEmpty } = terms
  note(whenEmpty.kind === 'overdraft' ? `Overdraft of ${whenEmpty.limit.toFixed()}.` : `When empty: ${whenEmpty.kind}.`)
  if (grants.length === 0) return
  const columns = [
    { heading: 'grant' },
    { heading: 'source' },
    { heading: 'amount', align: 'end' as const },
    { heading: 'remaining', align: 'end' as const },
    { heading: 'held', align: 'end' as const },
    { heading: 'from' },
    { heading: 'expires' },
  ]
  print()
  print(
    table(
      columns,
      grants.map(grant => grantCells(tenantId, grant)),
    ),
  )
}

function grantCells(tenantId: string, { id, source, amount, remaining, held, effectiveAt, expiresAt }: Grant): string[] {
  const amounts = [amount, remaining, held].map(one => one.toFixed())
  return [CreditGrantId.encode(`${tenantId}:${id}`), source, ...amounts, seconds(effectiveAt), expiresAt === null ? 'never' : seconds(expiresAt)]
}

interface EntriesOptions extends WalletOptions {
  readonly from?: Temporal.Instant
  readonly to?: Temporal.Instant
}

/** `tollgate credits entries` */
export function entriesCommand(): Command {
  return new Command('entries')
    .description('Lists the entries of a wallet, latest first.')
    .argument('<tenant>', 'id of the tenant')
    .option('--customer <id>', 'customer of the tenant (default: the tenant itself)')
    .option('--from <time>', 'only entries recorded at this time or later', instantOption)
    .option('--to <time>', 'only entries recorded before this time', instantOption)
    .action(async (tenantId: string, { customer, from = instantOption(ALWAYS_FROM), to = instantOption(ALWAYS_TO) }: EntriesOptions) => {
      const { items, hasMore } = await withTollgate(async ({ accounts, credits }) => {
        await accounts.requireTenant(tenantId)
        return credits.entries({ tenantId, customerId: customer, range: { from, to }, first: MAX_SHOWN })
      })
      if (items.length === 0) return note('There are no entries.')
      const columns = [
        { heading: 'entry', align: 'end' as const },
        { heading: 'recorded' },
        { heading: 'kind' },
        { heading: 'amount', align: 'end' as const },
        { heading: 'balance', align: 'end' as const },
        { heading: 'operation' },
        { heading: 'description' },
      ]
      print(table(columns, items.map(entryCells)))
      if (hasMore) note(`Only the latest ${items.length} are listed.`)
    })
}

function entryCells({ sequence, recordedAt, kind, amount, balanceAfter, operation, description }: CreditEntry): string[] {
  return [String(sequence), seconds(recordedAt), kind, amount.toFixed(), balanceAfter.toFixed(), operation ?? '-', description ?? '-']
}

function seconds(time: Temporal.Instant): string {
  return time.toString({ smallestUnit: 'second' })
}
