import { InvalidInput } from '@tollgate/kernel'
import { readTime } from '@tollgate/kernel/input'
import type { ChangeTime } from './engine/subscriptions/change-time.ts'
import type { ChangeTimeInput } from './subscriptions.ts'

/** Reads when a change takes effect. Defaults to now. */
export function readChangeTime(at: ChangeTimeInput | null | undefined): ChangeTime {
  if (at === null || at === undefined || at === 'now') return 'now'
  if (at === 'period_end') return at
  const instant = readTime(at)
  if (instant === undefined)
    throw new InvalidInput([{ path: 'at', message: 'must be "now", "period_end" or a time with an offset, such as "2026-11-20T09:30:00Z"' }])
  return instant
}
