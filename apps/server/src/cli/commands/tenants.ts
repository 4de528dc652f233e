import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { Command } from 'commander'
import type { Tenant } from '../../accounts/tenant.ts'
import { everyPage } from '../every-page.ts'
import { note, print } from '../print.ts'
import { table } from '../table.ts'
import { withTollgate } from '../with-tollgate.ts'

/** `tollgate tenants` */
export function tenantsCommand(): Command {
  return new Command('tenants')
    .description('The accounts that are isolated, limited and billed.')
    .addCommand(
      new Command('create')
        .description('Makes a tenant.')
        .argument('<id>', 'chosen by you, and shown as it is: acme')
        .requiredOption('--name <name>', 'its name')
        .option('--tier <tier>', 'the plan it is on')
        .option('--time-zone <zone>', 'the zone its days are counted in, such as Europe/Berlin', 'UTC')
        .option('--currency <code>', 'the currency it is charged in', 'USD')
        .action(createTenant),
    )
    .addCommand(new Command('list').description('Shows all tenants.').action(listTenants))
}

async function createTenant(id: string, options: { name: string; tier?: string; timeZone: string; currency: string }): Promise<void> {
  const tenant = await withTollgate(({ accounts }) => accounts.createTenant({ id, ...options }))
  note(`The tenant "${tenant.name}" was made. Make a key for it: npm run tollgate -- keys create --tenant ${tenant.id} --name <name>`)
  print(tenant.id)
}

async function listTenants(): Promise<void> {
  const tenants = await withTollgate(({ accounts }) =>
    everyPage(async (after: Tenant | undefined) => {
      const page = await accounts.tenants(OPERATOR_SCOPE, { first: 100, after: after?.id })
      return { items: page.tenants, hasMore: page.hasMore }
    }),
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
