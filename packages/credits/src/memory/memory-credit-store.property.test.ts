import { OPERATOR_SCOPE } from '@tollgate/kernel'
import fc from 'fast-check'
import { it } from 'vitest'
import { compareWithReference } from '../testing/reference/compare-ledgers.ts'
import { ledgerStep } from '../testing/reference/ledger-step.ts'
import { memoryCreditStore } from './index.ts'

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 100)

it('any sequence of commands has the balances, grants, decisions and entries of a reference in fractions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(ledgerStep, { maxLength: 50, minLength: 10, size: 'max' }), async steps => {
      await compareWithReference(
        { make: async ids => memoryCreditStore({ ids }), transaction: async (_tenantId, work) => work({ scope: OPERATOR_SCOPE }) },
        steps,
      )
    }),
    { numRuns: RUNS },
  )
})
