import type { MetadataRuleDraft, Tenant } from '@tollgate/accounts'
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
        .option('--currency <code>', 'ISO 4217 code of the currency that it is invoiced in (default: BILLING_DEFAULT_CURRENCY)')
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
        .option('--hash <field...>', 'fields of metadata to store as pseudonyms: customerId, attributes.email, …')
        .option('--drop <field...>', 'fields of metadata not to store')
        .option('--truncate <field=length...>', 'fields of metadata of which only the first characters are stored: environment=3')
        .option('--no-metadata-rules', 'store metadata as it is sent')
        .action(updateTenant),
    )
    .addCommand(new Command('list').description('Lists all tenants.').action(listTenants))
}

async function createTenant(id: string, options: { name: string; tier?: string; timeZone: string; currency: string }): Promise<void> {
  const tenant = await withTollgate(({ accounts }) => accounts.createTenant({ id, ...options }))
  note(`Created the tenant "${tenant.name}". To create a key for it, run: npm run tollgate -- keys create --tenant ${tenant.id} --name <name>`)
  print(tenant.id)
}

interface UpdateOptions extends RuleOptions {
  readonly name?: string
  /** False: `--no-tier`. */
  readonly tier?: string | boolean
  readonly timeZone?: string
  readonly currency?: string
  readonly billingDay?: number
}

interface RuleOptions {
  readonly hash?: readonly string[] | undefined
  readonly drop?: readonly string[] | undefined
  readonly truncate?: readonly string[] | undefined
  /** False: `--no-metadata-rules`. */
  readonly metadataRules: boolean
}

/** Returns all rules of a tenant, or undefined if no option sets any. */
function rulesOf({ hash = [], drop = [], truncate = [], metadataRules }: RuleOptions): MetadataRuleDraft[] | undefined {
  const rules = [
    ...hash.map(field => ({ field, action: 'hash' as const })),
    ...drop.map(field => ({ field, action: 'drop' as const })),
    ...truncate.map(option => {
      const [field = '', length = ''] = option.split('=')
      return { field, action: 'truncate' as const, length: Number(length) }
    }),
  ]
  return rules.length === 0 && metadataRules ? undefined : rules
}

async function updateTenant(id: string, { tier, billingDay: billingAnchorDay, hash, drop, truncate, metadataRules, ...options }: UpdateOptions): Promise<void> {
  const rules = rulesOf({ hash, drop, truncate, metadataRules })
  const update = { id, ...options, billingAnchorDay, metadataRules: rules, tier: tier === false ? null : typeof tier === 'string' ? tier : undefined }
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
