import { createTestDatabase, type TestDatabase } from '@tollgate/postgres/testing'
import { settableClock, systemClock } from '@tollgate/kernel'
import type { EngineOptions, ServerOptions } from '@tollgate/sdk'
import { describeTollgate, type TollgateUnderTest } from '@tollgate/sdk/testing'
import { afterAll, beforeAll } from 'vitest'
import { KEY_SCOPES } from '../../apps/server/src/features/accounts/key-scopes.ts'
import { encodeCursor } from '../../apps/server/src/graphql/relay/cursor.ts'
import { type LiveTestServer, startLiveTestServer } from '../../apps/server/src/graphql/testing/live-test-server.ts'
import { inProcessEngine } from './in-process-engine.ts'

// The client compares its clock to the header `Date` of the server, which has the time of the machine.
const clock = settableClock(systemClock.now())
let test: TestDatabase
let server: LiveTestServer
let tenants = 0
/** The tenant of each client. */
const tenantOf = new WeakMap<ServerOptions | EngineOptions, string>()

beforeAll(async () => {
  test = await createTestDatabase()
  server = await startLiveTestServer({ access: test.access, clock })
})
afterAll(async () => {
  await server.stop()
  await test.drop()
})

async function newTenant(optionsOf: (tenantId: string) => Promise<ServerOptions | EngineOptions>): Promise<ServerOptions | EngineOptions> {
  tenants += 1
  const id = `tenant-${tenants}`
  await server.tollgate.accounts.createTenant({ id, name: id })
  const options = await optionsOf(id)
  tenantOf.set(options, id)
  return options
}

const installation = (optionsOf: (tenantId: string) => Promise<ServerOptions | EngineOptions>): TollgateUnderTest => ({
  newTenant: () => newTenant(optionsOf),
  async limit(options, metric, amount) {
    await server.tollgate.quotas.setQuota({ tenantId: tenantOf.get(options) ?? '', metric, window: 'day', limit: String(amount), alertAt: ['10', '80'] })
  },
  async grant(options, amount) {
    await server.tollgate.credits.grant({ tenantId: tenantOf.get(options) ?? '', amount, idempotencyKey: 'granted' })
  },
  async alertCursor({ engine }) {
    const cursor = await server.tollgate.quotas.lastAlertCursor()
    return engine === undefined ? encodeCursor(cursor) : cursor
  },
  now: () => new Date(clock.now().epochMilliseconds),
})

describeTollgate('a client of a server', () =>
  installation(async tenantId => {
    const { secret } = await server.tollgate.accounts.createApiKey({ tenantId, name: 'sdk' }, new Set(KEY_SCOPES))
    return { url: server.url, apiKey: secret }
  }),
)

describeTollgate('a client in the process of the packages', () =>
  installation(async tenantId => {
    return { engine: inProcessEngine({ ...server.tollgate, tenantId }) }
  }),
)
