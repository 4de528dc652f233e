import type { ChannelListener, NotificationListener } from '@tollgate/postgres'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Log } from '../../observability/log.ts'
import { followNotifications } from './follow-notifications.ts'

let channels: Map<string, ChannelListener>
let listener: NotificationListener
let warnings: string[]
let log: Log
beforeEach(() => {
  channels = new Map()
  listener = {
    async listen(channel, channelListener) {
      channels.set(channel, channelListener)
      return { stop: async () => void channels.delete(channel) }
    },
  } as NotificationListener
  warnings = []
  log = { warn: (_facts: unknown, message: string) => void warnings.push(message) } as unknown as Log
})

/** Rounds of dispatch that end when the test says so. */
function heldRounds() {
  const rounds: PromiseWithResolvers<number>[] = []
  return {
    rounds,
    webhooks: {
      channels: ['alerts', 'quotas'],
      dispatch: () => {
        const round = Promise.withResolvers<number>()
        rounds.push(round)
        return round.promise
      },
    },
  }
}
const settled = () => new Promise(resolve => setImmediate(resolve))

describe('followNotifications', () => {
  it('dispatches all channels at the start, and one when it is notified and after a gap', async () => {
    const dispatched: string[][] = []
    const webhooks = {
      channels: ['alerts', 'quotas'],
      dispatch: async (wanted?: ReadonlySet<string>) => dispatched.push([...(wanted ?? [])]),
    }
    const following = await followNotifications({ listener, webhooks, log })
    await settled()
    expect([...channels.keys()]).toEqual(['alerts', 'quotas'])
    channels.get('quotas')?.notification('7')
    await settled()
    channels.get('alerts')?.gap()
    await settled()
    expect(dispatched).toEqual([['alerts', 'quotas'], ['quotas'], ['alerts']])
    await following.stop()
    expect(channels.size).toBe(0)
  })

  it('runs one round at a time, and one more for any number of signals during it', async () => {
    const { rounds, webhooks } = heldRounds()
    const following = await followNotifications({ listener, webhooks, log })
    for (let n = 0; n < 5; n++) channels.get('alerts')?.notification(String(n))
    await settled()
    expect(rounds).toHaveLength(1)
    rounds[0]?.resolve(0)
    await settled()
    expect(rounds).toHaveLength(2)
    rounds[1]?.resolve(0)
    await settled()
    expect(rounds).toHaveLength(2)
    await following.stop()
  })

  it('logs a round that fails, and continues with the next signal', async () => {
    const { rounds, webhooks } = heldRounds()
    const following = await followNotifications({ listener, webhooks, log })
    rounds[0]?.reject(new Error('no database'))
    await settled()
    expect(warnings).toEqual(['Notifications for webhooks could not be dispatched. Retrying every minute.'])
    channels.get('alerts')?.notification('1')
    await settled()
    expect(rounds).toHaveLength(2)
    rounds[1]?.resolve(0)
    await following.stop()
  })

  it('waits for the current round when it stops, and starts no other', async () => {
    const { rounds, webhooks } = heldRounds()
    const following = await followNotifications({ listener, webhooks, log })
    channels.get('alerts')?.notification('1')
    let isStopped = false
    const stopping = following.stop().then(() => (isStopped = true))
    await settled()
    expect(isStopped).toBe(false)
    rounds[0]?.resolve(0)
    await stopping
    expect(rounds).toHaveLength(1)
  })
})
