import type { Clock } from '@tollgate/kernel'
import type { NoticeSource } from '../notices/notice.ts'
import { noticePayload } from './webhook-payload.ts'
import type { WebhookStore } from './webhook-store.ts'

/** What taking over stands on. */
export interface DispatchDependencies {
  readonly store: WebhookStore
  readonly sources: readonly NoticeSource[]
  readonly clock: Clock
  readonly newId: () => string
}

/** Notices that are taken over in one transaction. */
const BATCH = 100

/** Takes over what is new of every source, up to its end. A source that fails does not hold up the others. */
export async function dispatchNotices({ sources, ...dependencies }: DispatchDependencies): Promise<number> {
  const results = await Promise.allSettled(sources.map(source => dispatchSource(source, dependencies)))
  const failures = results.flatMap(result => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (failures.length === 1) throw failures[0]
  if (failures.length > 1) throw new AggregateError(failures, 'Several sources of notices could not be taken over.')
  return results.reduce((made, result) => made + (result.status === 'fulfilled' ? result.value : 0), 0)
}

async function dispatchSource(source: NoticeSource, { store, clock, newId }: Omit<DispatchDependencies, 'sources'>): Promise<number> {
  let made = 0
  for (;;) {
    const from = await store.position(source.name)
    const notices = await source.read({ after: from === '' ? undefined : from, first: BATCH })
    const to = notices.at(-1)?.cursor
    if (to === undefined) return made
    const toTell = notices.map(notice => ({ ...notice, payload: noticePayload(notice) }))
    // Where another server was faster, the position is another: it is read again, and there may be more behind it.
    made += (await store.fanOut({ source: source.name, from, to, notices: toTell, at: clock.now(), newId })) ?? 0
  }
}
