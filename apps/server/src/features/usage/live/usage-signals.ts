import type { NotificationListener } from '@tollgate/postgres'
import { randomUUID } from 'node:crypto'
import type { UsageStore } from '@tollgate/usage'
import { z } from 'zod'
import type { ChangedTenants } from './usage-updates.ts'

/** Tells the processes of one database whose usage was committed, as long as anyone follows it. */
export interface UsageSignals {
  /** The same store. What it commits is noted: that is all that happens on the way of events. */
  watch(store: UsageStore): UsageStore
  /** Hears of commits, of this process and of others. `followed` says whether anyone here wants to know. */
  hear(hearer: { changed(tenants: ChangedTenants): void; followed(): boolean }): void
  /** Tells other processes that somebody here follows. */
  announce(): void
  stop(): Promise<void>
}

/** What it works with. */
export interface UsageSignalsOptions {
  readonly listener: NotificationListener
  /** Sends a notification, outside of any other transaction. */
  readonly notify: (channel: string, payload: string) => Promise<void>
  readonly onError?: (error: unknown) => void
  /** Commits are told of this often at the most. */
  readonly intervalMs?: number
  /** How often others are reminded that somebody here follows. They forget it after three times as long. */
  readonly remindMs?: number
}

/** The channel on which processes tell each other of usage. */
export const USAGE_CHANNEL = 'tollgate_usage'

/** A payload of NOTIFY has less than 8,000 bytes; a tenant's id has 64 at the most. Beyond that: all. */
const TENANTS_IN_A_MESSAGE = 100

/** What is kept while nobody follows has a bound too. */
const TENANTS_KEPT = 1_000

const message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), from: z.string(), tenants: z.union([z.array(z.string()), z.literal('all')]) }),
  z.object({ kind: z.literal('following'), from: z.string() }),
  z.object({ kind: z.literal('asking'), from: z.string() }),
])

type Message = z.infer<typeof message>

/**
 * Commits are collected, and told of a few times a second. While nobody follows, anywhere, nothing is sent; who has
 * changed meanwhile is kept, and told to the first one who follows: it may have read its totals just before.
 */
export async function openUsageSignals(options: UsageSignalsOptions): Promise<UsageSignals> {
  const { listener, notify, onError = () => {}, intervalMs = 250, remindMs = 30_000 } = options
  const self = randomUUID()
  let hearer: Parameters<UsageSignals['hear']>[0] = { changed: () => {}, followed: () => false }
  let changed: Set<string> | 'all' = new Set()
  let othersFollowUntil = 0
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<void> = Promise.resolve()
  let stopped = false

  const othersFollow = () => performance.now() < othersFollowUntil

  function note(tenantId: string): void {
    if (changed !== 'all') changed = changed.size < TENANTS_KEPT ? changed.add(tenantId) : 'all'
    if (timer === undefined && (othersFollow() || hearer.followed())) timer = setTimeout(tell, intervalMs).unref()
  }

  function tell(): void {
    timer = undefined
    const tenants = changed
    if (tenants !== 'all' && tenants.size === 0) return
    changed = new Set()
    hearer.changed(tenants)
    if (!othersFollow()) return
    const few = tenants !== 'all' && tenants.size <= TENANTS_IN_A_MESSAGE
    send({ kind: 'changed', from: self, tenants: few ? [...tenants] : 'all' }, () => {
      changed = 'all' // Told with the next ones.
    })
  }

  function send(told: Message, undo: () => void = () => {}): void {
    if (stopped) return
    sending = notify(USAGE_CHANNEL, JSON.stringify(told)).catch((error: unknown) => {
      undo()
      onError(error)
    })
  }

  function receive(payload: string): void {
    const told = read(payload)
    if (told === undefined || told.from === self) return
    if (told.kind === 'changed') return hearer.changed(told.tenants === 'all' ? 'all' : new Set(told.tenants))
    if (told.kind === 'asking') return announce()
    othersFollowUntil = performance.now() + 3 * remindMs
    timer ??= setTimeout(tell, 0).unref()
  }

  function announce(): void {
    if (hearer.followed()) send({ kind: 'following', from: self })
  }

  const listening = await listener.listen(USAGE_CHANNEL, {
    notification: receive,
    gap() {
      hearer.changed('all')
      announce()
      send({ kind: 'asking', from: self })
    },
  })
  const reminding = setInterval(announce, remindMs).unref()
  send({ kind: 'asking', from: self })

  return {
    watch: store => ({
      ...store,
      async commit(batch, commitHooks) {
        const committed = await store.commit(batch, commitHooks)
        for (const { tenantId } of batch) note(tenantId)
        return committed
      },
    }),
    hear(next) {
      hearer = next
    },
    announce,
    async stop() {
      stopped = true
      clearInterval(reminding)
      clearTimeout(timer)
      await sending
      await listening.stop()
    },
  }
}

/** Undefined where it is none of ours, or of another version. */
function read(payload: string): Message | undefined {
  try {
    return message.safeParse(JSON.parse(payload)).data
  } catch {
    return undefined
  }
}
