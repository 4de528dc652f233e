import { OPERATOR_SCOPE, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { DeliveriesQuery } from '../../webhook-store.ts'
import { failedAttempt, type MakeWebhookStore, newId, second, storeUnderTest, successfulAttempt } from './store-under-test.ts'

const ACME = tenantScope('acme')
const GLOBEX = tenantScope('globex')

/** How deliveries are listed, redelivered and deleted. */
export function deliveriesContract(make: MakeWebhookStore): void {
  describe('deliveries', () => {
    const { store, addEndpoint, addDelivery, takeScheduled } = storeUnderTest(make)

    it('are added with their first attempt scheduled now', async () => {
      const endpoint = await addEndpoint({ tenantId: null })
      const delivery = await addDelivery(endpoint)
      expect(delivery).toMatchObject({
        endpointId: endpoint.id,
        tenantId: null,
        type: 'webhook.test',
        payload: '{"é":"\\u0007"}',
        state: 'PENDING',
        createdAt: second(2),
      })
      expect(takeScheduled()).toEqual([`${delivery.id} 1 0`])
      expect(await store().deliveriesByIds(OPERATOR_SCOPE, [delivery.id])).toEqual([delivery])
    })

    it('are listed newest first, by state, page by page, to the tenant that owns them and to operators', async () => {
      const endpoint = await addEndpoint()
      const ids: string[] = []
      for (let n = 0; n < 4; n++) ids.unshift((await addDelivery(endpoint)).id)
      await addDelivery(await addEndpoint())
      await store().recordAttempt(successfulAttempt(ids[1] ?? '', 1))
      await store().failDelivery(ids[2] ?? '', { failure: 'The endpoint is disabled.', at: second(3) })
      const listed = async (query: Partial<DeliveriesQuery> = {}, scope = ACME) =>
        (await store().deliveries(scope, { endpointId: endpoint.id, first: 10, ...query })).map(({ id }) => id)
      expect(await listed()).toEqual(ids)
      expect(await listed({}, OPERATOR_SCOPE)).toEqual(ids)
      expect(await listed({}, GLOBEX)).toEqual([])
      expect(await listed({ first: 2 })).toEqual(ids.slice(0, 2))
      expect(await listed({ first: 2, after: ids[1] })).toEqual(ids.slice(2))
      expect([await listed({ state: 'DELIVERED' }), await listed({ state: 'FAILED' }), await listed({ state: 'PENDING' })]).toEqual([
        [ids[1]],
        [ids[2]],
        [ids[0], ids[3]],
      ])
      expect(await store().deliveriesByIds(GLOBEX, ids)).toEqual([])
      expect(await store().deliveriesByIds(ACME, [...ids, newId()])).toHaveLength(4)
    })

    it('can be read with their endpoint and secret while they are pending', async () => {
      const endpoint = await addEndpoint()
      const delivery = await addDelivery(endpoint)
      expect(await store().pendingDelivery(delivery.id)).toEqual({ delivery, endpoint, secret: 'whsec_1', oldSecret: null })
      await store().recordAttempt(successfulAttempt(delivery.id, 1))
      expect(await store().pendingDelivery(delivery.id)).toBeUndefined()
      expect(await store().pendingDelivery(newId())).toBeUndefined()
    })

    it('fail without an attempt while they are pending, and only then', async () => {
      const endpoint = await addEndpoint()
      const { id } = await addDelivery(endpoint)
      await store().failDelivery(id, { failure: 'The endpoint is disabled.', at: second(3) })
      const [failed] = await store().deliveriesByIds(ACME, [id])
      expect(failed).toMatchObject({ state: 'FAILED', failure: 'The endpoint is disabled.', attemptCount: 0, nextAttemptAt: null, settledAt: second(3) })
      await store().failDelivery(id, { failure: 'Another reason.', at: second(4) })
      expect(await store().deliveriesByIds(ACME, [id])).toEqual([failed])
    })

    it('are redelivered one by one in any state, with a new round of attempts that starts now', async () => {
      const endpoint = await addEndpoint()
      const { id } = await addDelivery(endpoint)
      await store().recordAttempt(failedAttempt(id, 1))
      await store().recordAttempt(successfulAttempt(id, 2))
      takeScheduled()
      expect(await store().redeliver(GLOBEX, { deliveryId: id, at: second(30) })).toEqual([])
      expect(takeScheduled()).toEqual([])
      const [redelivered] = await store().redeliver(ACME, { deliveryId: id, at: second(30) })
      expect(redelivered).toMatchObject({
        id,
        state: 'PENDING',
        failure: null,
        attemptCount: 2,
        roundAttemptCount: 0,
        nextAttemptAt: second(30),
        settledAt: null,
      })
      expect(await store().deliveriesByIds(ACME, [id])).toEqual([redelivered])
      expect(takeScheduled()).toEqual([`${id} 3 0`])
      expect(await store().redeliver(OPERATOR_SCOPE, { deliveryId: newId(), at: second(30) })).toEqual([])
    })

    it('are redelivered by range if they failed, oldest first, up to a maximum', async () => {
      const endpoint = await addEndpoint()
      const ids: string[] = []
      for (const at of [1, 2, 3, 4, 5]) ids.push((await addDelivery(endpoint, second(at))).id)
      const foreign = await addDelivery(await addEndpoint(), second(3))
      for (const id of [...ids, foreign.id]) await store().failDelivery(id, { failure: 'The endpoint is disabled.', at: second(6) })
      const range = { endpointId: endpoint.id, from: second(2), to: second(5), at: second(7) }
      takeScheduled()
      expect(await store().redeliver(GLOBEX, { ...range, max: 10 })).toEqual([])
      expect((await store().redeliver(ACME, { ...range, max: 2 })).map(({ id }) => id).toSorted()).toEqual([ids[1], ids[2]])
      expect((await store().redeliver(ACME, { ...range, max: 2 })).map(({ id }) => id)).toEqual([ids[3]])
      expect(await store().redeliver(ACME, { ...range, max: 2 })).toEqual([])
      expect(takeScheduled().toSorted()).toEqual([ids[1], ids[2], ids[3]].map(id => `${id} 1 0`))
      const states = new Map((await store().deliveriesByIds(ACME, [...ids, foreign.id])).map(({ id, state }) => [id, state]))
      expect([...ids, foreign.id].map(id => states.get(id))).toEqual(['FAILED', 'PENDING', 'PENDING', 'PENDING', 'FAILED', 'FAILED'])
    })

    it('are deleted when they were created before a time, with their attempts', async () => {
      const endpoint = await addEndpoint()
      const [old, kept] = [await addDelivery(endpoint, second(1)), await addDelivery(endpoint, second(2))]
      await store().recordAttempt(successfulAttempt(old.id, 1))
      expect([await store().deleteDeliveries(second(2)), await store().deleteDeliveries(second(2))]).toEqual([1, 0])
      expect(await store().deliveriesByIds(ACME, [old.id, kept.id])).toEqual([kept])
      expect(await store().attempts(ACME, [old.id], 10)).toEqual([[]])
    })
  })
}
