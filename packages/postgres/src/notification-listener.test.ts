import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from './testing/index.ts'
import { type NotificationListener, openNotificationListener } from './notification-listener.ts'

describe('a listener', () => {
  let test: TestDatabase
  let listener: NotificationListener
  const lost: string[] = []
  const heard: string[] = []
  const hears = (name: string) => ({
    notification: (payload: string) => void heard.push(`${name} ${payload}`),
    gap: () => void heard.push(`${name} gap`),
  })
  const notify = (channel: string, payload: string) => test.asOwner('select pg_notify($1, $2)', [channel, payload])

  beforeAll(async () => {
    test = await createTestDatabase()
    listener = await openNotificationListener({ url: test.url, applicationName: 'ears', onError: ({ message }) => void lost.push(message) })
  })
  afterEach(() => void heard.splice(0))
  afterAll(async () => {
    await listener.close()
    await test.drop()
  })

  it('gets the notifications of its channels and no others', async () => {
    const [one, other] = [await listener.listen('red', hears('one')), await listener.listen('red', hears('other'))]
    const blue = await listener.listen('blue', hears('blue'))
    await notify('red', '1')
    await notify('green', '2')
    await notify('blue', '3')
    await vi.waitFor(() => expect(heard).toEqual(['one 1', 'other 1', 'blue 3']))
    await other.stop()
    await notify('red', '4')
    await notify('blue', '5')
    await vi.waitFor(() => expect(heard.slice(3)).toEqual(['one 4', 'blue 5']))
    await Promise.all([one.stop(), blue.stop()])
  })

  it('gets every notification that is sent after `listen` resolved', async () => {
    for (let i = 0; i < 20; i++) {
      const { stop } = await listener.listen(`channel ${i}`, hears(`${i}`))
      await notify(`channel ${i}`, 'now')
      await vi.waitFor(() => expect(heard).toContain(`${i} now`))
      await stop()
    }
  })

  it('reconnects when its connection is killed, reports the gap, and continues', async () => {
    const { stop } = await listener.listen('red', hears('red'))
    await test.asOwner("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'ears' and datname = current_database()")
    await vi.waitFor(() => expect(heard).toEqual(['red gap']))
    await notify('red', 'again')
    await vi.waitFor(() => expect(heard).toEqual(['red gap', 'red again']))
    expect(lost).toEqual(['The connection for notifications was lost'])
    await stop()
  })

  it('reconnects when PostgreSQL has stopped answering on its connection', async () => {
    const { stop } = await listener.listen('red', hears('red'))
    const [backend] = await test.asOwner<{ pid: number }>("select pid from pg_stat_activity where application_name = 'ears'")
    process.kill(backend?.pid ?? 0, 'SIGSTOP')
    listener.disconnect()
    await vi.waitFor(() => expect(heard).toEqual(['red gap']))
    process.kill(backend?.pid ?? 0, 'SIGCONT')
    await notify('red', 'again')
    await vi.waitFor(() => expect(heard).toEqual(['red gap', 'red again']))
    await stop()
  })

  it('closes while it reconnects', async () => {
    const target = new URL(test.url)
    const held: Socket[] = []
    let isHolding = false
    const forward = (near: Socket) => {
      const far = connect(Number(target.port), target.hostname)
      near.pipe(far).pipe(near)
      near.on('close', () => far.destroy()).on('error', () => {})
    }
    const proxy = createServer(near => (isHolding ? void held.push(near) : forward(near)))
    await new Promise<void>(listening => proxy.listen(0, '127.0.0.1', listening))
    const url = new URL(test.url)
    url.host = `127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const other = await openNotificationListener({ url: url.href })
    isHolding = true
    other.disconnect()
    await vi.waitFor(() => expect(held).toHaveLength(1))
    const closed = other.close()
    for (const near of held) forward(near)
    await closed
    await new Promise(ended => proxy.close(ended))
  })

  it('fails to open without a database', async () => {
    await expect(openNotificationListener({ url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toThrow('ECONNREFUSED')
  })
})
