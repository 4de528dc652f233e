import type { NotificationListener } from '@tollgate/postgres'
import { randomUUID } from 'node:crypto'
import type { UsageObserver } from '@tollgate/usage'
import { z } from 'zod'
import type { ChangedTenants } from './usage-updates.ts'

/** Signals between the server processes of one database about whose usage changed. Sent only while somebody follows usage. */
export interface UsageSignals {
  /** Records the tenants of each commit. It adds nothing else to a commit. */
  readonly observer: Pick<UsageObserver, 'batchCommitted'>
  /** Forwards changes, of this process and of others. */
  forwardTo(receiver: SignalReceiver): void
  /** Tells other processes that this one has followers. */
  announce(): void
  stop(): Promise<void>
}

/** Receives the changes. */
export interface SignalReceiver {
  changed(tenants: ChangedTenants): void
  hasFollowers(): boolean
}

/** What signals need. */
export interface UsageSignalsOptions {
  readonly listener: NotificationListener
  /** Sends a notification, outside of any other transaction. */
  readonly notify: (channel: string, payload: string) => Promise<void>
  readonly onError?: (error: unknown) => void
  /** Minimum time between two signals about commits. Defaults to 250. */
  readonly intervalMs?: number
  /** Interval at which this process announces that it has followers. Others forget it after three intervals. Defaults to 30,000. */
  readonly announceMs?: number
}

/** The notification channel of these signals. */
export const USAGE_CHANNEL = 'tollgate_usage'

/** A NOTIFY payload is limited to 8,000 bytes and a tenant id to 64. A message about more tenants says "all". */
const MAX_TENANTS_PER_MESSAGE = 100

/** Maximum number of changed tenants to remember while nobody follows. Beyond that, "all". */
const MAX_TENANTS_REMEMBERED = 1_000

const signal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('changed'), from: z.string(), tenants: z.union([z.array(z.string()), z.literal('all')]) }),
  z.object({ kind: z.literal('following'), from: z.string() }),
  z.object({ kind: z.literal('asking'), from: z.string() }),
])

type Signal = z.infer<typeof signal>

/**
 * Opens signals. Commits are collected and signalled a few times a second. While no process has followers, nothing is
 * sent; the tenants that change meanwhile are remembered and signalled to the first follower, which may have read its
 * totals just before.
 */
export async function openUsageSignals(options: UsageSignalsOptions): Promise<UsageSignals> {
  const { listener, notify, onError = () => {}, intervalMs = 250, announceMs = 30_000 } = options
  const self = randomUUID()
  let receiver: SignalReceiver = { changed: () => {}, hasFollowers: () => false }
  let changed: Set<string> | 'all' = new Set()
  let othersFollowUntil = 0
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<void> = Promise.resolve()
  let stopped = false

  const othersFollow = () => performance.now() < othersFollowUntil

  function record(tenantId: string): void {
    if (changed !== 'all') changed = changed.size < MAX_TENANTS_REMEMBERED ? changed.add(tenantId) : 'all'
    if (timer === undefined && (othersFollow() || receiver.hasFollowers())) timer = setTimeout(signalChanges, intervalMs).unref()
  }

  function signalChanges(): void {
    timer = undefined
    const tenants = changed
    if (tenants !== 'all' && tenants.size === 0) return
    changed = new Set()
    receiver.changed(tenants)
    if (!othersFollow()) return
    const fits = tenants !== 'all' && tenants.size <= MAX_TENANTS_PER_MESSAGE
    send({ kind: 'changed', from: self, tenants: fits ? [...tenants] : 'all' }, () => {
      changed = 'all' // Included in the next signal.
    })
  }

  function send(message: Signal, onFailure: () => void = () => {}): void {
    if (stopped) return
    sending = notify(USAGE_CHANNEL, JSON.stringify(message)).catch((error: unknown) => {
      onFailure()
      onError(error)
    })
  }

  function receive(payload: string): void {
    const message = parseSignal(payload)
    if (message === undefined || message.from === self) return
    if (message.kind === 'changed') return receiver.changed(message.tenants === 'all' ? 'all' : new Set(message.tenants))
    if (message.kind === 'asking') return announce()
    othersFollowUntil = performance.now() + 3 * announceMs
    timer ??= setTimeout(signalChanges, 0).unref()
  }

  function announce(): void {
    if (receiver.hasFollowers()) send({ kind: 'following', from: self })
  }

  const listening = await listener.listen(USAGE_CHANNEL, {
    notification: receive,
    gap() {
      receiver.changed('all')
      announce()
      send({ kind: 'asking', from: self })
    },
  })
  const announcing = setInterval(announce, announceMs).unref()
  send({ kind: 'asking', from: self })

  return {
    observer: {
      batchCommitted(batch) {
        for (const { tenantId } of batch) record(tenantId)
      },
    },
    forwardTo(next) {
      receiver = next
    },
    announce,
    async stop() {
      stopped = true
      clearInterval(announcing)
      clearTimeout(timer)
      await sending
      await listening.stop()
    },
  }
}

/** Returns undefined for a payload that is not a signal, or belongs to another version. */
function parseSignal(payload: string): Signal | undefined {
  try {
    return signal.safeParse(JSON.parse(payload)).data
  } catch {
    return undefined
  }
}
