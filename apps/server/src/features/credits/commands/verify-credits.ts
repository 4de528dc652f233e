import type { LedgerVerification } from '@tollgate/credits'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { Tenant } from '@tollgate/accounts'
import { Command } from 'commander'
import { CommandFailed } from '../../../cli/command-failed.ts'
import { everyPage } from '../../../cli/every-page.ts'
import { print } from '../../../cli/print.ts'
import { showProgress } from '../../../cli/progress.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate credits verify` */
export function verifyCreditsCommand(): Command {
  return new Command('verify')
    .description('Adds up the entries of every wallet and compares them with the balances. Exits with 1 and names the first difference if they differ.')
    .option('--tenant <id>', 'only this tenant (default: all tenants)')
    .action(verifyCredits)
}

async function verifyCredits({ tenant }: { readonly tenant?: string }): Promise<void> {
  const differing = await withTollgate(async ({ accounts, credits }) => {
    if (tenant !== undefined) await accounts.requireTenant(tenant)
    const tenants = tenant === undefined ? await everyTenant(accounts) : [tenant]
    let count = 0
    using progress = showProgress('Verifying', 'tenants')
    for (const [i, tenantId] of tenants.entries()) {
      const result = await credits.verify(tenantId, {
        onProgress: ({ entries }) => progress.update(i, tenants.length, `${tenantId}: ${entries} entries`),
      })
      progress.update(i + 1, tenants.length)
      if (result.wallets > 0 || tenant !== undefined) print(describe(tenantId, result))
      if (!result.valid) count += 1
    }
    return count
  })
  if (differing > 0) throw new CommandFailed()
}

async function everyTenant(accounts: Parameters<Parameters<typeof withTollgate>[0]>[0]['accounts']): Promise<string[]> {
  const tenants = await everyPage((after: Tenant | undefined) => accounts.tenants(OPERATOR_SCOPE, { first: 100, after: after?.id }))
  return tenants.map(({ id }) => id)
}

function describe(tenantId: string, { wallets, entries, differences: [first, ...others] }: LedgerVerification): string {
  if (first === undefined) return `tenant ${tenantId}: adds up, ${counted(wallets, 'wallet')}, ${counted(entries, 'entry', 'entries')}`
  const owner = first.customerId === null ? 'of the tenant' : `of customer ${first.customerId}`
  const more = others.length === 0 ? '' : ` ${counted(others.length, 'more difference')}.`
  return `tenant ${tenantId}: does not add up in the wallet ${owner}. ${first.message}${more}`
}

function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}
