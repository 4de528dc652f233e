import type { GrantSource } from '@tollgate/credits'
import type { Decimal, Temporal } from '@tollgate/kernel'
import { Command, Option } from 'commander'
import { decimalOption, instantOption, wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'
import { CreditGrantId, readGrantId } from '../ids.ts'

/** Sources of grants that people make. */
const SOURCES: readonly GrantSource[] = ['purchase', 'plan_allowance', 'promotion', 'trial', 'refund', 'adjustment']

interface GrantOptions {
  readonly key: string
  readonly customer?: string
  readonly source?: GrantSource
  readonly priority?: number
  readonly from?: Temporal.Instant
  readonly expires?: Temporal.Instant
  readonly description?: string
}

/** `tollgate credits grant` */
export function grantCreditsCommand(): Command {
  return new Command('grant')
    .description('Gives credits to a wallet, and creates the wallet if there is none. Prints the id of the grant.')
    .argument('<tenant>', 'id of the tenant')
    .argument('<amount>', 'credits, above 0', decimalOption)
    .requiredOption('--key <key>', 'idempotency key, unique in the tenant: the same grant again gives nothing')
    .option('--customer <id>', 'customer that gets them (default: the tenant itself)')
    .addOption(new Option('--source <source>', 'where they come from (default: purchase)').choices(SOURCES))
    .option('--priority <number>', 'grants with a smaller number are spent first (default: 100)', wholeNumberOption(0, 1_000_000))
    .option('--from <time>', 'when they can be spent (default: now)', instantOption)
    .option('--expires <time>', 'when what remains expires (default: never)', instantOption)
    .option('--description <text>', 'what the grant is for')
    .action(async (tenantId: string, amount: Decimal, { key, customer, from, expires, ...options }: GrantOptions) => {
      const { grant, wallet, isRepeat } = await withTollgate(async ({ accounts, credits }) => {
        await accounts.requireTenant(tenantId)
        return credits.grant({ tenantId, customerId: customer, amount, idempotencyKey: key, effectiveAt: from, expiresAt: expires, ...options })
      })
      note(isRepeat ? 'This key was used for the same grant before. Nothing was given now.' : `${wallet.balances.available.toFixed()} credits are available.`)
      print(CreditGrantId.encode(`${tenantId}:${grant.id}`))
    })
}

/** `tollgate credits void` */
export function voidCreditsCommand(): Command {
  return new Command('void')
    .description('Removes what remains of a grant, or a part of it.')
    .argument('<grant>', 'id of the grant, "cgr_…"')
    .requiredOption('--reason <text>', 'reason, which is kept in the ledger')
    .option('--amount <credits>', 'credits to remove (default: all that remain)', decimalOption)
    .action(async (id: string, { reason, amount }: { readonly reason: string; readonly amount?: Decimal }) => {
      const grant = await withTollgate(({ credits }) => credits.voidGrant({ ...readGrantId(id), reason, amount }))
      note(`Voided. ${grant.remaining.toFixed()} of its ${grant.amount.toFixed()} credits remain.`)
    })
}

interface TransferOptions {
  readonly key: string
  readonly from?: string
  readonly to?: string
  readonly description?: string
}

/** `tollgate credits transfer` */
export function transferCreditsCommand(): Command {
  return new Command('transfer')
    .description('Moves credits between two wallets of a tenant. They keep their priority and expiry.')
    .argument('<tenant>', 'id of the tenant')
    .argument('<amount>', 'credits, above 0', decimalOption)
    .requiredOption('--key <key>', 'idempotency key, unique in the tenant: the same transfer again moves nothing')
    .option('--from <customer>', 'customer whose wallet gives them (default: the tenant itself)')
    .option('--to <customer>', 'customer whose wallet gets them (default: the tenant itself)')
    .option('--description <text>', 'what the transfer is for')
    .action(async (tenantId: string, amount: Decimal, { key, from, to, description }: TransferOptions) => {
      const { balances } = await withTollgate(async ({ accounts, credits }) => {
        await accounts.requireTenant(tenantId)
        return credits.transfer({ tenantId, fromCustomerId: from ?? null, toCustomerId: to ?? null, amount, idempotencyKey: key, description })
      })
      note(`Moved. The wallet that got them has ${balances.available.toFixed()} credits available.`)
    })
}
