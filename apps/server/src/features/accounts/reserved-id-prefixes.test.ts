import { createAccounts } from '@tollgate/accounts'
import { memoryAccountStore } from '@tollgate/accounts/memory'
import { randomIds, systemClock } from '@tollgate/kernel'
import { afterAll, expect, it } from 'vitest'
import { RESERVED_ID_PREFIXES } from './reserved-id-prefixes.ts'

const keyScopes = { tenant: [], operatorOnly: [] }
const accounts = createAccounts({ store: memoryAccountStore(), clock: systemClock, ids: randomIds(), keyScopes, reservedIdPrefixes: RESERVED_ID_PREFIXES })
afterAll(() => accounts.stop())

it('reserves the id prefix of every type', () => {
  const reserved = [
    'evt_',
    'price_',
    'key_',
    'rej_',
    'run_',
    'rule_',
    'alr_',
    'whe_',
    'whd_',
    'rsv_',
    'quo_',
    'aud_',
    'sub_',
    'inv_',
    'inl_',
    'pay_',
    'chd_',
    'wal_',
    'cgr_',
    'cre_',
    'brun_',
    'eml_',
  ]
  expect(RESERVED_ID_PREFIXES.toSorted()).toEqual(reserved.toSorted())
})

it.each(RESERVED_ID_PREFIXES)('rejects a tenant whose id begins with "%s"', async prefix => {
  await expect(accounts.createTenant({ id: `${prefix}x`, name: 'Fine' })).rejects.toThrow(`id: must not begin with "${prefix}"`)
})
