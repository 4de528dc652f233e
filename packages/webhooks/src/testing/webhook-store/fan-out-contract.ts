import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { NotificationBatch } from '../../webhook-store.ts'
import { makeNotification, type MakeWebhookStore, newId, second, storeUnderTest } from './store-under-test.ts'

/** How notifications become deliveries. */
export function fanOutContract(make: MakeWebhookStore): void {
  describe('notifications', () => {
    const { store, addEndpoint, scheduled, takeScheduled, failScheduling } = storeUnderTest(make)

    const batch = (traits: Partial<NotificationBatch> = {}): NotificationBatch => ({
      source: 'alerts',
      from: undefined,
      to: '1',
      notifications: [makeNotification()],
      at: second(2),
      newId,
      ...traits,
    })
    const deliveriesOf = ({ id: endpointId }: { id: string }) => store().deliveries(OPERATOR_SCOPE, { endpointId, first: 1_000 })

    it('create one delivery for each endpoint that receives them, and schedule its first attempt now', async () => {
      const endpoint = await addEndpoint()
      const notification = makeNotification({ payload: '{"é":"\\u0007"}' })
      expect(await store().fanOut(batch({ notifications: [notification] }))).toBe(1)
      const [delivery] = await deliveriesOf(endpoint)
      expect(delivery).toEqual({
        id: delivery?.id,
        endpointId: endpoint.id,
        tenantId: 'acme',
        type: 'alert.raised',
        payload: '{"é":"\\u0007"}',
        state: 'PENDING',
        failure: null,
        attemptCount: 0,
        roundAttemptCount: 0,
        createdAt: second(2),
        nextAttemptAt: second(2),
        settledAt: null,
      })
      expect(scheduled()).toEqual([{ deliveryId: delivery?.id, attempt: 1, endpointId: endpoint.id, tenantId: 'acme', delayMs: 0 }])
    })

    it('reach endpoints by tenant, type, creation time and whether they are enabled', async () => {
      const endpoints = {
        all: await addEndpoint(),
        alerts: await addEndpoint({ types: ['alert.raised', 'alert.recovered'] }),
        foreign: await addEndpoint({ tenantId: 'globex' }),
        operator: await addEndpoint({ tenantId: null }),
        disabled: await addEndpoint({ enabled: false }),
        sameInstant: await addEndpoint({ createdAt: second(1) }),
        later: await addEndpoint({ createdAt: second(2) }),
      }
      const notifications = [
        makeNotification({ id: 'quota', type: 'quota.threshold_reached' }),
        makeNotification({ id: 'alert' }),
        makeNotification({ id: 'installation', tenantId: null }),
        makeNotification({ id: 'globex', tenantId: 'globex' }),
      ].map(notification => ({ ...notification, payload: notification.id }))
      const count = await store().fanOut(batch({ notifications }))
      const received = Object.fromEntries(
        await Promise.all(
          Object.entries(endpoints).map(async ([name, endpoint]) => [name, (await deliveriesOf(endpoint)).map(({ payload }) => payload).toSorted()]),
        ),
      ) as Record<string, string[]>
      expect(received).toEqual({
        all: ['alert', 'quota'],
        alerts: ['alert'],
        foreign: ['globex'],
        operator: ['alert', 'globex', 'installation', 'quota'],
        disabled: [],
        sameInstant: ['alert', 'quota'],
        later: [],
      })
      expect(count).toBe(Object.values(received).flat().length)
      expect(scheduled()).toHaveLength(count ?? 0)
    })

    it('move the position of their source, also without a delivery', async () => {
      expect(await store().position('alerts')).toBeUndefined()
      expect(await store().fanOut(batch({ to: '7' }))).toBe(0)
      expect([await store().position('alerts'), await store().position('quota-alerts')]).toEqual(['7', undefined])
      expect(scheduled()).toEqual([])
    })

    it('change nothing if the position is another', async () => {
      const endpoint = await addEndpoint()
      await store().fanOut(batch({ to: '7', notifications: [] }))
      expect(await store().fanOut(batch({ to: '8' }))).toBeUndefined()
      expect(await store().fanOut(batch({ from: '6', to: '8' }))).toBeUndefined()
      expect([await store().position('alerts'), await deliveriesOf(endpoint), scheduled()]).toEqual(['7', [], []])
      expect(await store().fanOut(batch({ from: '7', to: '8' }))).toBe(1)
    })

    it('are dispatched by one of many servers that try at the same time', async () => {
      const endpoint = await addEndpoint()
      const notifications = Array.from({ length: 100 }, () => makeNotification())
      const results = await Promise.all(Array.from({ length: 6 }, () => store().fanOut(batch({ to: '100', notifications }))))
      expect(results.filter(count => count !== undefined)).toEqual([100])
      expect([(await deliveriesOf(endpoint)).length, scheduled().length]).toEqual([100, 100])
    })

    it('create deliveries, schedule attempts and move the position together, or do nothing', async () => {
      const endpoint = await addEndpoint()
      failScheduling(new Error('no jobs'))
      await expect(store().fanOut(batch())).rejects.toThrow('no jobs')
      failScheduling(undefined)
      expect([await deliveriesOf(endpoint), (await store().position('alerts')) ?? '']).toEqual([[], ''])
      expect(await store().fanOut(batch())).toBe(1)
      expect([(await deliveriesOf(endpoint)).length, takeScheduled().length]).toEqual([1, 1])
    })

    it('reach an endpoint once, even if a position is wrong', async () => {
      const endpoint = await addEndpoint()
      const notifications = [makeNotification()]
      await store().fanOut(batch({ notifications, to: '1' }))
      await expect(store().fanOut(batch({ notifications, from: '1', to: '2' }))).rejects.toThrow()
      expect([(await deliveriesOf(endpoint)).length, await store().position('alerts')]).toEqual([1, '1'])
    })
  })
}
