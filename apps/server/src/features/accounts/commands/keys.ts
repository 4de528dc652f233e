import type { ApiKey } from '@tollgate/accounts'
import type { Temporal } from '@tollgate/kernel'
import { Command } from 'commander'
import { KEY_SCOPES } from '../key-scopes.ts'
import { everyPage } from '../../../cli/every-page.ts'
import { instantOption } from '../../../cli/options.ts'
import { note, print } from '../../../cli/print.ts'
import { table } from '../../../cli/table.ts'
import { withTollgate } from '../../../cli/with-tollgate.ts'

interface CreateOptions {
  readonly tenant?: string
  readonly name: string
  readonly scope?: string[]
  readonly expires?: Temporal.Instant
}

/** `tollgate keys` */
export function keysCommand(): Command {
  return new Command('keys')
    .description('API keys, of tenants and of operators.')
    .addCommand(
      new Command('create')
        .description("Makes a key, and writes its secret to stdout: it is shown this once. Without --tenant it is an operator's.")
        .option('--tenant <id>', 'whose key it is')
        .requiredOption('--name <name>', 'what it is for')
        .option('--scope <scope...>', `what it may do, of ${KEY_SCOPES.join(', ')}; all that its kind can, where left out`)
        .option('--expires <time>', 'when it ends; never, where left out', instantOption)
        .action(createKey),
    )
    .addCommand(
      new Command('list')
        .description('Shows keys, the newest first.')
        .option('--tenant <id>', 'of one tenant')
        .option('--revoked', 'also those that were revoked', false)
        .action(listKeys),
    )
    .addCommand(new Command('revoke').description('Ends a key, from the next request on.').argument('<id>', 'as keys list shows it').action(revokeKey))
}

async function createKey({ tenant, name, scope, expires }: CreateOptions): Promise<void> {
  const draft = { tenantId: tenant, name, scopes: scope, expiresAt: expires }
  const { apiKey, secret } = await withTollgate(({ accounts }) => accounts.createApiKey(draft, new Set(KEY_SCOPES)))
  note(`The key ${apiKey.id} was made ${apiKey.tenantId === null ? 'for operators' : `for the tenant ${apiKey.tenantId}`}. Its secret, shown this once:`)
  print(secret)
}

async function listKeys({ tenant, revoked }: { tenant?: string; revoked: boolean }): Promise<void> {
  const keys = await withTollgate(({ accounts }) =>
    everyPage((after: ApiKey | undefined) => accounts.apiKeys({ tenantId: tenant, includeRevoked: revoked, first: 100, after: after?.id })),
  )
  const columns = ['id', 'tenant', 'name', 'begins with', 'scopes', 'created', 'expires', 'last used', 'revoked'].map(heading => ({ heading }))
  print(
    table(
      columns,
      keys.map(key => [
        key.id,
        key.tenantId ?? '(operator)',
        key.name,
        key.prefix,
        key.scopes.join(' '),
        ...[key.createdAt, key.expiresAt, key.lastUsedAt, key.revokedAt].map(minute),
      ]),
    ),
  )
}

async function revokeKey(id: string): Promise<void> {
  const { name } = await withTollgate(({ accounts }) => accounts.revokeApiKey(id))
  note(`The key "${name}" was revoked.`)
}

function minute(instant: Temporal.Instant | null): string {
  return instant === null ? '-' : instant.toString({ smallestUnit: 'minute' })
}
