import { countingIds, OPERATOR_SCOPE, settableClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { createCredits } from '../create-credits.ts'
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
