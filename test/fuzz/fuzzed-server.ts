import { randomBytes } from 'node:crypto'
import type { GraphQLSchema } from 'graphql'
import { schema } from '../../apps/server/src/graphql/schema.ts'
import { type LocalServer, startLocalServer } from '../kit/local-server.ts'
import { OPERATOR_KEY } from '../kit/server-process.ts'
import { temporaryDirectory } from '../kit/temporary-directory.ts'

/** A server to send random operations to, with two tenants. */
export interface FuzzedServer extends AsyncDisposable {
  readonly server: LocalServer
  readonly schema: GraphQLSchema
  readonly operatorKey: string
  /** Secrets of its settings, which its log must not show. */
  readonly secrets: readonly string[]
}

/** Starts a server that logs everything, with a database of its own or that of the URL. */
export async function fuzzedServer({ databaseUrl }: { readonly databaseUrl?: string }): Promise<FuzzedServer> {
  const directory = await temporaryDirectory()
  const metricsKey = `metrics-${randomBytes(12).toString('hex')}`
  const server = await startLocalServer({
    TOLLGATE_DATA_DIR: directory.path,
    LOG_LEVEL: 'trace',
    TOLLGATE_METRICS_KEY: metricsKey,
    TOLLGATE_TENANT_READ_SECONDS: '0',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
  })
  for (const id of ['acme', 'globex']) await server.api.ask(`mutation { createTenant(input: { id: "${id}", name: "${id}" }) { __typename } }`)
  const password = databaseUrl === undefined ? '' : decodeURIComponent(new URL(databaseUrl).password)
  return {
    server,
    schema,
    operatorKey: OPERATOR_KEY,
    secrets: [OPERATOR_KEY, metricsKey, password].filter(secret => secret.length >= 8),
    async [Symbol.asyncDispose]() {
      await server.stop()
      await directory[Symbol.asyncDispose]()
    },
  }
}
