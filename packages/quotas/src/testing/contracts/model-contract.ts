import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { QuotaStore } from '../../quota-store.ts'
import { quotaCommands } from './model-commands.ts'
import { QUOTA_MODEL, type QuotaModel, type QuotasUnderModel } from './quota-model.ts'
import { quotasOver } from '../builders/quotas-over.ts'

const RUNS = 30
const MAX_COMMANDS = 40

/** Any sequence of commands has the outcomes of a reference that remembers everything and computes each outcome from it. */
export function modelContract(store: () => QuotaStore): void {
  describe('any sequence of commands, sweeps, changes of a limit and passing time', () => {
    it('has the same outcomes as the reference model', async () => {
      await fc.assert(
        fc.asyncProperty(fc.commands(quotaCommands(), { maxCommands: MAX_COMMANDS }), commands =>
          fc.asyncModelRun((): { model: QuotaModel; real: QuotasUnderModel } => {
            const { quotas, clock, tenantId } = quotasOver(store(), ...QUOTA_MODEL.policies)
            return { model: QUOTA_MODEL.start(clock.now().epochMilliseconds), real: { quotas, clock, tenantId, reservations: [] } }
          }, commands),
        ),
        { numRuns: RUNS },
      )
    })
  })
}
