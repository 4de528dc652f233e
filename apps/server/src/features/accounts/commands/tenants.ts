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
    .addCommand(
      new Command('update')
        .description('Changes a tenant; what is left out stays. The quotas of another tier hold at once, on every server.')
        .argument('<id>', 'which one')
        .option('--name <name>', 'its name')
        .option('--tier <tier>', 'the plan it is on')
        .option('--no-tier', 'takes it off its plan')
        .option('--time-zone <zone>', 'the zone its days are counted in, such as Europe/Berlin')
        .option('--currency <code>', 'the currency it is charged in')
        .option('--billing-day <day>', 'the day of the month on which its billing periods start', wholeNumberOption(1, 31))
        .action(updateTenant),
    )
    .addCommand(new Command('list').description('Shows all tenants.').action(listTenants))
}

async function createTenant(id: string, options: { name: string; tier?: string; timeZone: string; currency: string }): Promise<void> {
  const tenant = await withTollgate(({ accounts }) => accounts.createTenant({ id, ...options }))
  note(`The tenant "${tenant.name}" was made. Make a key for it: npm run tollgate -- keys create --tenant ${tenant.id} --name <name>`)
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
  note(`The tenant "${tenant.name}" is on ${tenant.tier === null ? 'no plan' : `the plan "${tenant.tier}"`}, its days are those of ${tenant.timeZone}.`)
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
