import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { EntityDatabase } from '@tollgate/postgres/mikro-orm'
import { expect, it } from 'vitest'
import { createAdmission } from './admission/admission.ts'
import { executeFor } from './admission/request-work.ts'
import { routeRequests } from './route-requests.ts'

const VIEWER = { kind: 'tenant', tenantId: 'acme', keyId: 'key', scopes: new Set<string>() } as const
const WIDE = { total: 9, perTenant: 9, ofOperators: 9, perKey: 9, perRequest: 9, waitingPerTenant: 9, waitMs: 1_000 }

/** A database that answers with its own name, and admissions that note the calls that they admit. */
function routed() {
  const named = (name: string) => ({ query: async () => [name], transaction: async () => name, entities: async () => name }) as unknown as EntityDatabase
  const admitted: string[] = []
  const noting = (kind: string) => {
    const admission = createAdmission(WIDE)
    return { ...admission, run: ((request, task) => (admitted.push(kind), admission.run(request, task))) as typeof admission.run }
  }
  const database = routeRequests({
    reads: named('reads'),
    readAdmission: noting('read'),
    writes: named('writes'),
    changeAdmission: noting('change'),
    background: named('background'),
  })
  const used = async () => [
    ...(await database.query<string>(OPERATOR_SCOPE, 'select 1')),
    await database.transaction(OPERATOR_SCOPE, async () => ''),
    await database.entities(OPERATOR_SCOPE, async () => ''),
  ]
  return { used, admitted }
}

it.each([
  ['read', 'reads'],
  ['change', 'writes'],
] as const)('uses the connections for a %s of a request, in its turn', async (kind, name) => {
  const { used, admitted } = routed()
  expect(await executeFor(VIEWER, kind, used)).toEqual([name, name, name])
  expect(admitted).toEqual([kind, kind, kind])
})

it('uses the connections for background work, without taking turns, when it works for no request', async () => {
  const { used, admitted } = routed()
  expect(await used()).toEqual(['background', 'background', 'background'])
  expect(admitted).toEqual([])
})
