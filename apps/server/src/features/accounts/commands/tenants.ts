import type { Tenant } from '@tollgate/accounts'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { Command } from 'commander'
import { everyPage } from '../../../cli/every-page.ts'
import { wholeNumberOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

/** `tollgate tenants` */
export function tenantsCommand(): Command {
  return new Command('tenants')
    .description('Manages tenants: the accounts that are isolated, limited and billed.')
    .addCommand(
      new Command('create')
        .description('Creates a tenant and prints its id.')
        .argument('<id>', 'id of the tenant, such as acme; it cannot be changed')
        .requiredOption('--name <name>', 'display name')
        .option('--tier <tier>', 'plan that the tenant is on')
        .option('--time-zone <zone>', 'IANA time zone in which its days start, such as Europe/Berlin', 'UTC')
        .option('--currency <code>', 'ISO 4217 code of the currency that it is charged in', 'USD')
        .action(createTenant),
    )
    .addCommand(
      new Command('update')
        .description('Updates the given fields of a tenant. The quotas of a new tier apply at once, on every server.')
        .argument('<id>', 'id of the tenant')
        .option('--name <name>', 'display name')
        .option('--tier <tier>', 'plan that the tenant is on')
        .option('--no-tier', 'remove the tenant from its plan')
        .option('--time-zone <zone>', 'IANA time zone in which its days start, such as Europe/Berlin')
        .option('--currency <code>', 'ISO 4217 code of the currency that it is charged in')
        .option('--billing-day <day>', 'day of the month on which its billing periods start', wholeNumberOption(1, 31))
        .action(updateTenant),
    )
    .addCommand(new Command('list').description('Lists all tenants.').action(listTenants))
}

async function createTenant(id: string, options: { name: string; tier?: string; timeZone: string; currency: string }): Promise<void> {
  const tenant = await withTollgate(({ accounts }) => accounts.createTenant({ id, ...options }))
  note(`Created the tenant "${tenant.name}". To create a key for it, run: npm run tollgate -- keys create --tenant ${tenant.id} --name <name>`)
  print(tenant.id)
}

interface UpdateOptions {
  readonly name?: string
  /** False: `--no-tier`. */
  readonly tier?: string | boolean
  readonly timeZone?: string
  readonly currency?: string
  readonly billingDay?: number
}

async function updateTenant(id: string, { tier, billingDay: billingAnchorDay, ...options }: UpdateOptions): Promise<void> {
  const update = { id, ...options, billingAnchorDay, tier: tier === false ? null : typeof tier === 'string' ? tier : undefined }
  const tenant = await withTollgate(({ accounts }) => accounts.updateTenant(update))
  note(`Updated the tenant "${tenant.name}": ${tenant.tier === null ? 'no plan' : `plan "${tenant.tier}"`}, time zone ${tenant.timeZone}.`)
  print(tenant.id)
}

async function listTenants(): Promise<void> {
  const tenants = await withTollgate(({ accounts }) =>
    everyPage((after: Tenant | undefined) => accounts.tenants(OPERATOR_SCOPE, { first: 100, after: after?.id })),
  )
  const columns = ['id', 'name', 'tier', 'time zone', 'currency', 'created'].map(heading => ({ heading }))
  print(
    table(
      columns,
      tenants.map(({ id, name, tier, timeZone, currency, createdAt }) => [id, name, tier ?? '-', timeZone, currency, day(createdAt)]),
    ),
  )
}

function day(instant: { toString(): string }): string {
  return instant.toString().slice(0, 10)
}
