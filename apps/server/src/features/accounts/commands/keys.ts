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
    .description('Manages API keys of tenants and operators.')
    .addCommand(
      new Command('create')
        .description('Creates an API key and prints its secret, which cannot be read again. Without --tenant it is an operator key.')
        .option('--tenant <id>', 'tenant of the key')
        .requiredOption('--name <name>', 'display name')
        .option('--scope <scope...>', `what the key may do: ${KEY_SCOPES.join(', ')} (default: every scope that its kind can have)`)
        .option('--expires <time>', 'when the key expires (default: never)', instantOption)
        .action(createKey),
    )
    .addCommand(
      new Command('list')
        .description('Lists API keys, the newest first.')
        .option('--tenant <id>', 'list the keys of one tenant')
        .option('--revoked', 'include revoked keys', false)
        .action(listKeys),
    )
    .addCommand(
      new Command('rotate')
        .description(
          'Replaces the secret of an API key and prints the new one, which cannot be read again. The old secret works for another 24 hours, or until --old-until.',
        )
        .argument('<id>', 'id of the key, from "keys list"')
        .option(
          '--old-until <time>',
          'until when the old secret works, at most 90 days; a time that has passed ends it at once (default: 24 hours)',
          instantOption,
        )
        .action(rotateKey),
    )
    .addCommand(
      new Command('rotate-signing')
        .description('Creates a new key that signs access tokens. Existing tokens stay valid until they expire.')
        .option('--revoke-tokens', 'end all existing tokens at once', false)
        .action(rotateSigningKey),
    )
    .addCommand(
      new Command('rotate-encryption')
        .description('Encrypts every secret in the database with the first key of TOLLGATE_ENCRYPTION_KEY. Older keys are not needed afterwards.')
        .action(rotateEncryption),
    )
    .addCommand(
      new Command('revoke')
        .description('Revokes an API key. It is refused from the next request on.')
        .argument('<id>', 'id of the key, from "keys list"')
        .action(revokeKey),
    )
}

async function createKey({ tenant, name, scope, expires }: CreateOptions): Promise<void> {
  const draft = { tenantId: tenant, name, scopes: scope, expiresAt: expires }
  const { apiKey, secret } = await withTollgate(({ accounts }) => accounts.createApiKey(draft, new Set(KEY_SCOPES)))
  note(`Created ${apiKey.tenantId === null ? 'operator key' : `a key of tenant ${apiKey.tenantId},`} ${apiKey.id}. Store its secret; it cannot be shown again:`)
  print(secret)
}

async function listKeys({ tenant, revoked }: { tenant?: string; revoked: boolean }): Promise<void> {
  const keys = await withTollgate(({ accounts }) =>
    everyPage((after: ApiKey | undefined) => accounts.apiKeys({ tenantId: tenant, includeRevoked: revoked, first: 100, after: after?.id })),
  )
  const columns = ['id', 'tenant', 'name', 'prefix', 'scopes', 'created', 'expires', 'last used', 'revoked'].map(heading => ({ heading }))
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

async function rotateKey(id: string, { oldUntil }: { oldUntil?: Temporal.Instant }): Promise<void> {
  const { apiKey, secret } = await withTollgate(({ accounts }) => accounts.rotateApiKey(id, { previousSecretExpiresAt: oldUntil }))
  note(
    `Rotated the key "${apiKey.name}". Its old secret works until ${minute(apiKey.previousSecretExpiresAt)}. Store the new secret; it cannot be shown again:`,
  )
  print(secret)
}

async function rotateSigningKey({ revokeTokens }: { revokeTokens: boolean }): Promise<void> {
  await withTollgate(({ accessTokens }) => accessTokens.rotateSigningKey({ revokeTokens }))
  note(`Created a new signing key. ${revokeTokens ? 'Earlier access tokens are no longer valid.' : 'Existing access tokens stay valid until they expire.'}`)
}

async function rotateEncryption(): Promise<void> {
  const encrypted = await withTollgate(({ encryption }) =>
    encryption.rotate((of, count) => note(`Encrypted ${count.toLocaleString('en')} values of ${of.table}.${of.column}.`)),
  )
  note(`Encrypted ${encrypted.toLocaleString('en')} values in all. Every secret is encrypted with the current key.`)
}

async function revokeKey(id: string): Promise<void> {
  const { name } = await withTollgate(({ accounts }) => accounts.revokeApiKey(id))
  note(`Revoked the key "${name}".`)
}

function minute(instant: Temporal.Instant | null): string {
  return instant === null ? '-' : instant.toString({ smallestUnit: 'minute' })
}
