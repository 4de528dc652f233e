import { createAccounts } from '@tollgate/accounts'
import { memoryAccountStore } from '@tollgate/accounts/memory'
import { randomIds, systemClock } from '@tollgate/kernel'
import { afterAll, expect, it } from 'vitest'
import { features } from '../index.ts'
import { RESERVED_ID_PREFIXES } from './reserved-id-prefixes.ts'

const keyScopes = { tenant: [], operatorOnly: [] }
const accounts = createAccounts({ store: memoryAccountStore(), clock: systemClock, ids: randomIds(), keyScopes, reservedIdPrefixes: RESERVED_ID_PREFIXES })
afterAll(() => accounts.stop())

it('reserves the id prefix of every type', () => {
  const prefixes = features.flatMap(({ ids = [] }) => ids.map(({ prefix }) => prefix)).filter(prefix => prefix !== '')
  expect([...RESERVED_ID_PREFIXES].toSorted()).toEqual(prefixes.toSorted())
})

it.each(RESERVED_ID_PREFIXES)('rejects a tenant whose id begins with "%s"', async prefix => {
  await expect(accounts.createTenant({ id: `${prefix}x`, name: 'Fine' })).rejects.toThrow(`id: must not begin with "${prefix}"`)
})
