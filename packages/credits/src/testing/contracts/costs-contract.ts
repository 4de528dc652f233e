import { Temporal } from '@tollgate/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import { type CreditsUnderTest, makeCredits } from '../builders/wallets.ts'
import type { CreditStoreSetup } from '../builders/credit-store-setup.ts'

/** What credit costs must do. */
export function costsContract(setup: CreditStoreSetup): void {
  describe('credit costs', () => {
    let test: CreditsUnderTest
    beforeEach(async () => {
      test = await makeCredits(setup)
    })

    it('have standard values until an operator sets others', async () => {
      const cost = async () => (await test.credits.costs()).filter(({ operation }) => operation === 'YOUTUBE_SYNC').map(({ rates }) => rates.perCall?.toFixed())
      expect(await cost()).toEqual(['0.005'])
      await test.credits.setCost({ operation: 'YOUTUBE_SYNC', perCall: '1' })
      expect(await cost()).toEqual(['1'])
    })

    it('have standard values before others take effect, and for providers that have none of their own', async () => {
      const of = async (operation: string, provider: string | null = null, hours = 0) =>
        (
          await test.credits.costOf({ operation, provider, model: null, occurredAt: test.clock.now().add({ hours }), tokens: null, quantity: null, cost: '1' })
        )?.amount.toFixed()
      await test.credits.setCost({ operation: 'WORKFLOW_EXECUTION', perCall: '2', from: test.clock.now().add({ hours: 1 }) })
      expect([await of('WORKFLOW_EXECUTION'), await of('WORKFLOW_EXECUTION', null, 1)]).toEqual(['0.001', '2'])
      await test.credits.setCost({ operation: 'AI_CHAT_MESSAGE', provider: 'openai', perCall: '3' })
      expect([await of('AI_CHAT_MESSAGE', 'openai'), await of('AI_CHAT_MESSAGE', 'anthropic')]).toEqual(['3', '1'])
    })

    it('are those of the model, else of the provider, else of the operation', async () => {
      await test.credits.setCost({ operation: 'chat', perCall: '1' })
      await test.credits.setCost({ operation: 'chat', provider: 'openai', perCall: '2' })
      await test.credits.setCost({ operation: 'chat', provider: 'openai', model: 'gpt-5', perCall: '3' })
      const of = async (provider: string | null, model: string | null) => {
        const charged = await test.credits.costOf({
          operation: 'chat',
          provider,
          model,
          occurredAt: test.clock.now(),
          tokens: null,
          quantity: null,
          cost: null,
        })
        return charged?.amount.toFixed()
      }
      expect([await of('openai', 'gpt-5'), await of('openai', 'gpt-5-mini'), await of('anthropic', 'x'), await of(null, null)]).toEqual(['3', '2', '1', '1'])
    })

    it('end where the next version starts, and never overlap', async () => {
      const at = (text: string) => Temporal.Instant.from(text)
      await test.credits.setCost({ operation: 'chat', perCall: '1', from: at('2026-01-01T00:00:00Z') })
      await test.credits.setCost({ operation: 'chat', perCall: '2', from: at('2026-05-01T00:00:00Z') })
      await expect(test.credits.setCost({ operation: 'chat', perCall: '3', from: at('2026-02-01T00:00:00Z') })).rejects.toThrow('overlaps')
      const inEffect = async (text: string) => (await test.credits.costs(at(text))).find(({ operation }) => operation === 'chat')?.rates.perCall?.toFixed()
      expect([await inEffect('2026-04-30T23:59:59Z'), await inEffect('2026-05-01T00:00:00Z')]).toEqual(['1', '2'])
    })
  })
}
