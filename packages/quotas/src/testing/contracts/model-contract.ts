import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { QuotaStore } from '../../quota-store.ts'
import { quotaCommands } from './model-commands.ts'
import { QUOTA_MODEL, type QuotaModel, type QuotasUnderModel } from './quota-model.ts'
import { quotasOver } from '../builders/quotas-over.ts'

const RUNS = 60
const MAX_COMMANDS = 40

/** Any sequence of commands, held against a reference that remembers everything and computes each answer from it. */
export function modelContract(store: () => QuotaStore): void {
  describe('any sequence of enforce, reserve, settle, release, extend, consume, sweep, change of limit, and passing of time', () => {
    it('answers as the reference does', async () => {
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
