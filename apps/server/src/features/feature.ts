import type { KeyScopes } from '@tollgate/accounts'
import type { EntitySchema } from '@mikro-orm/core'
import type { Environment } from '../environment.ts'
import type { DatabaseOwner, EncryptedColumn, NotificationListener, PostgresDatabase, SqlMigration } from '@tollgate/postgres'
import type { Clock } from '@tollgate/kernel'
import type { Command } from 'commander'
import type { Tollgate } from '../tollgate.ts'
import type { IdCodec } from '../graphql/relay/id-codec.ts'
import type { Job } from '../jobs/job.ts'
import type { LiveSource } from '../live/live-source.ts'
import type { Log } from '../observability/log.ts'

/**
 * What a domain adds to the server. A part that needs code loads it on demand: the command line shows its
 * help without GraphQL, and a command opens the database without the schema.
 */
export interface Feature {
  /** Names the folder under `features/`. */
  readonly name: string
  /** How clients write the ids of its types. */
  readonly ids?: readonly IdCodec[]
  /** Permissions that API keys can have for it: "usage:read". */
  readonly keyScopes?: KeyScopes
  /** What it can do while the database is down: these mutations, for keys that were valid before, with these scopes. */
  readonly offline?: { readonly mutations: readonly string[]; readonly keyScopes: readonly string[] }
  /** Its tables. */
  readonly tables?: () => Promise<FeatureTables>
  /** Adds its types, fields and errors to the schema builder. */
  readonly graphql?: () => Promise<unknown>
  /** Its commands, for `npm run tollgate`. */
  readonly commands?: () => Promise<readonly Command[]>
  /** Does what must be done before the server accepts requests. Several servers may do it at the same time. */
  readonly prepare?: (dependencies: FeatureDependencies) => Promise<void>
  /** Its background jobs. */
  readonly jobs?: (dependencies: FeatureDependencies) => Promise<readonly Job[]>
  /** Its sources of subscriptions. */
  readonly live?: () => Promise<readonly LiveSource<object>[]>
  /** Starts what runs for as long as the server does, besides its jobs. */
  readonly follow?: (dependencies: FeatureDependencies) => Promise<{ stop(): Promise<void> }>
}

/** The tables of a feature. */
export interface FeatureTables {
  /** In the order in which they run. */
  readonly migrations: readonly SqlMigration[]
  readonly entities?: readonly EntitySchema[]
  /** Columns whose values are encrypted. */
  readonly encrypted?: readonly EncryptedColumn[]
}

/** What a running server gives to its features. */
export interface FeatureDependencies {
  readonly tollgate: Tollgate
  readonly database: PostgresDatabase
  readonly listener: NotificationListener
  readonly clock: Clock
  readonly log: Log
  /** Connects as the owner of the tables. */
  readonly openOwner: () => Promise<DatabaseOwner>
  /** Where months of audit logs are archived, and how many are kept in the database. Undefined to keep all. */
  readonly auditArchive: Environment['auditArchive']
  /** Whether tenants are billed when their periods end. */
  readonly autoBilling: boolean
}
