import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { failedAttempt, type MakeWebhookStore, newId, second, storeUnderTest, successfulAttempt } from './store-under-test.ts'

const ACME = tenantScope('acme')

/** How attempts are recorded. */
export function attemptsContract(make: MakeWebhookStore): void {
  describe('attempts', () => {
    const { store, addEndpoint, addDelivery, takeScheduled, failScheduling } = storeUnderTest(make)
    const read = async (id: string) => (await store().deliveriesByIds(OPERATOR_SCOPE, [id]))[0]
    const readEndpoint = async (id: string) => (await store().endpointsByIds(OPERATOR_SCOPE, [id]))[0]

    it('that fail schedule the next one, and count in the delivery', async () => {
      const { id } = await addDelivery(await addEndpoint())
      takeScheduled()
      expect(await store().recordAttempt(failedAttempt(id, 1))).toBe(true)
      expect(await read(id)).toMatchObject({ state: 'PENDING', attemptCount: 1, roundAttemptCount: 1, settledAt: null })
      expect((await read(id))?.nextAttemptAt?.toString()).toBe('2026-11-20T12:00:15.02Z')
      expect(takeScheduled()).toEqual([`${id} 2 5000`])
      expect((await store().attempts(ACME, [id], 10))[0]).toEqual([failedAttempt(id, 1).attempt])
    })

    it('that succeed deliver the delivery', async () => {
      const { id } = await addDelivery(await addEndpoint())
      takeScheduled()
      await store().recordAttempt(successfulAttempt(id, 1))
      expect(await read(id)).toMatchObject({ state: 'DELIVERED', failure: null, attemptCount: 1, nextAttemptAt: null, settledAt: second(10) })
      expect(takeScheduled()).toEqual([])
    })

    it('that end the schedule fail the delivery', async () => {
      const { id } = await addDelivery(await addEndpoint())
      takeScheduled()
      await store().recordAttempt(failedAttempt(id, 1, { state: 'FAILED', failure: 'Gave up after 1 attempts.', retryAfterMs: null }))
      expect(await read(id)).toMatchObject({
        state: 'FAILED',
        failure: 'Gave up after 1 attempts.',
        attemptCount: 1,
        nextAttemptAt: null,
        settledAt: second(10),
      })
      expect(takeScheduled()).toEqual([])
    })

    it('are recorded once, also when two workers record the same one at the same time', async () => {
      const { id } = await addDelivery(await addEndpoint())
      takeScheduled()
      const results = await Promise.all([store().recordAttempt(failedAttempt(id, 1)), store().recordAttempt(failedAttempt(id, 1))])
      expect(results.filter(Boolean)).toEqual([true])
      expect(await store().recordAttempt(failedAttempt(id, 1))).toBe(false)
      expect(await store().recordAttempt(failedAttempt(id, 3))).toBe(false)
      expect(await read(id)).toMatchObject({ attemptCount: 1 })
      expect(await store().attempts(ACME, [id], 10)).toMatchObject([[{ number: 1 }]])
      expect(takeScheduled()).toHaveLength(1)
    })

    it('of a delivery that is not pending are not recorded', async () => {
      const { id } = await addDelivery(await addEndpoint())
      await store().failDelivery(id, { failure: 'The endpoint is disabled.', at: second(3) })
      expect(await store().recordAttempt(successfulAttempt(id, 1))).toBe(false)
      expect(await store().recordAttempt(successfulAttempt(newId(), 1))).toBe(false)
      expect(await store().attempts(ACME, [id], 10)).toEqual([[]])
    })

    it('are recorded with the next one scheduled, or not at all', async () => {
      const endpoint = await addEndpoint()
      const { id } = await addDelivery(endpoint)
      failScheduling(new Error('no jobs'))
      await expect(store().recordAttempt(failedAttempt(id, 1))).rejects.toThrow('no jobs')
      failScheduling(undefined)
      expect(await read(id)).toMatchObject({ attemptCount: 0 })
      expect(await store().attempts(ACME, [id], 10)).toEqual([[]])
      expect(await readEndpoint(endpoint.id)).toMatchObject({ failingSince: null })
    })

    it('are listed latest first, up to a number, in the order of the deliveries', async () => {
      const endpoint = await addEndpoint()
      const [one, two] = [await addDelivery(endpoint), await addDelivery(endpoint)]
      for (const number of [1, 2, 3]) await store().recordAttempt(failedAttempt(one.id, number))
      await store().recordAttempt({
        ...successfulAttempt(two.id, 1),
        attempt: { number: 1, at: second(4), statusCode: null, error: 'No response.', durationMs: 0 },
      })
      const numbers = async (scope: typeof OPERATOR_SCOPE, ...deliveryIds: string[]) =>
        (await store().attempts(scope, deliveryIds, 2)).map(attempts => attempts.map(({ number }) => number))
      expect(await numbers(ACME, two.id, newId(), one.id)).toEqual([[1], [], [3, 2]])
      expect(await numbers(tenantScope('globex'), two.id, one.id)).toEqual([[], []])
      expect((await store().attempts(ACME, [two.id], 1))[0]).toEqual([{ number: 1, at: second(4), statusCode: null, error: 'No response.', durationMs: 0 }])
    })

    it('keep the time since which an endpoint fails until one succeeds', async () => {
      const endpoint = await addEndpoint()
      const failing = async () => (await readEndpoint(endpoint.id))?.failingSince?.toString()
      const { id } = await addDelivery(endpoint)
      await store().recordAttempt(failedAttempt(id, 1))
      await store().recordAttempt(failedAttempt(id, 2))
      expect(await failing()).toBe('2026-11-20T12:00:10Z')
      await store().recordAttempt(successfulAttempt(id, 3))
      expect(await failing()).toBeUndefined()
    })

    it('can disable the endpoint, with the reason', async () => {
      const endpoint = await addEndpoint()
      const { id } = await addDelivery(endpoint)
      const reason = 'The endpoint responded with 410 Gone.'
      await store().recordAttempt(failedAttempt(id, 1, { state: 'FAILED', failure: reason, retryAfterMs: null, disable: reason }))
      expect(await readEndpoint(endpoint.id)).toEqual({ ...endpoint, enabled: false, disabledReason: reason, failingSince: second(10) })
    })
  })
}
