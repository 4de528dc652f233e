import type { Installation } from './installation.ts'
import { OPERATOR_KEY } from '../kit/server-process.ts'

/** A tenant of the load, and its key. */
export interface LoadTenant {
  readonly id: string
  readonly key: string
}

/** The limits of one customer. */
export const LIMITS = { take: 150, lease: 300, hold: 120 } as const

/** Creates the tenants of the load and their quotas. Each round is a customer, so that it has limits of its own. */
export async function createLoadTenants({ servers: [server] }: Installation): Promise<LoadTenant[]> {
  const api = server.process().api.as(OPERATOR_KEY)
  const timeZone = zoneWithoutMidnight()
  return Promise.all(
    ['acme', 'globex'].map(async id => {
      await api.ask('mutation ($input: CreateTenantInput!) { createTenant(input: $input) { ... on Error { message } } }', {
        input: { id, name: id, timeZone },
      })
      const perCustomer = { tenantId: id, window: 'DAY', scope: ['CUSTOMER'], storeFailure: 'DENY' }
      const quotas = [
        { ...perCustomer, metric: 'TOKENS', limit: null },
        { ...perCustomer, metric: 'OPERATIONS', operation: 'take', limit: LIMITS.take },
        { ...perCustomer, metric: 'OPERATIONS', operation: 'lease', limit: LIMITS.lease, lease: {} },
        { ...perCustomer, metric: 'OPERATIONS', operation: 'hold', limit: LIMITS.hold },
        // Allows nothing but during an outage.
        { tenantId: id, window: 'DAY', metric: 'CREDITS', limit: 0, storeFailure: 'ALLOW' },
      ]
      for (const input of quotas) {
        const { result } = await api.ask('mutation ($input: SetQuotaInput!) { result: setQuota(input: $input) { ... on Error { message } } }', { input })
        if (result.message !== undefined) throw new Error(result.message)
      }
      const grant = { tenantId: id, amount: '1000000', idempotencyKey: 'first' }
      const { granted } = await api.ask('mutation ($input: GrantCreditsInput!) { granted: grantCredits(input: $input) { ... on Error { message } } }', {
        input: grant,
      })
      if (granted.message !== undefined) throw new Error(granted.message)
      const { createApiKey } = await api.ask(
        'mutation ($id: ID!) { createApiKey(input: { tenantId: $id, name: "load" }) { ... on CreateApiKeyPayload { secret } } }',
        { id },
      )
      return { id, key: createApiKey.secret as string }
    }),
  )
}

/** Returns a time zone in which no day ends during the run. */
function zoneWithoutMidnight(): string {
  const hour = new Date().getUTCHours()
  return hour >= 3 && hour < 20 ? 'UTC' : 'Asia/Tokyo'
}
