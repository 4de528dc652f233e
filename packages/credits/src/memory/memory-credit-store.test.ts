import { countingIds, OPERATOR_SCOPE, settableClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createCredits } from '../create-credits.ts'
import type { CreditStore } from '../credit-store.ts'
import { TooManyGrants } from '../model/errors.ts'
import { MAX_OPEN_GRANTS } from '../model/limits.ts'
import { describeCreditStore } from '../testing/index.ts'
import { memoryCreditStore } from './index.ts'

describeCreditStore('memory', {
  make: async ids => memoryCreditStore({ ids }),
  transaction: async (_tenantId, work) => work({ scope: OPERATOR_SCOPE }),
})

it('does not count grants against the limit once they are spent', async () => {
  const ids = countingIds()
  const credits = createCredits({ store: memoryCreditStore({ ids }), clock: settableClock('2026-03-10T12:00:00Z'), ids })
  const grant = (idempotencyKey: string) => credits.grant({ tenantId: 'acme', amount: '1', idempotencyKey })
  await grant('spent')
  await credits.spend({ tenantId: 'acme', amount: '1' })
  for (let i = 0; i < MAX_OPEN_GRANTS; i++) await grant(`order-${i}`)
  await expect(grant('too many')).rejects.toThrow(TooManyGrants)
})

it('does what is due in the wallets of other tenants if those of one tenant cannot be changed', async () => {
  const ids = countingIds()
  const clock = settableClock('2026-03-10T12:00:00Z')
  const store = memoryCreditStore({ ids })
  const failing: CreditStore = {
    ...store,
    apply: async call => (call.tenantId === 'acme' && call.commands[0]?.kind === 'advance' ? Promise.reject(new Error('broken')) : store.apply(call)),
  }
  const credits = createCredits({ store: failing, clock, ids })
  const expiresAt = clock.now().add({ hours: 1 })
  for (const tenantId of ['acme', 'globex']) await credits.grant({ tenantId, amount: '1', idempotencyKey: 'order', expiresAt })
  clock.advance({ hours: 2 })
  const failures: string[] = []
  expect(await credits.advance({ onFailure: tenantId => failures.push(tenantId) })).toBe(1)
  expect(failures).toEqual(['acme'])
  expect((await credits.entries({ tenantId: 'globex' })).items[0]?.kind).toBe('expire')
  await expect(credits.advance()).rejects.toThrow('broken')
})
