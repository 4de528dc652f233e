import type { ArchiveFiles, Audit } from '@tollgate/audit'
import { dropArchivedMonth, type MonthOwner, monthsToArchive } from '@tollgate/audit/postgres'
import type { Temporal, TenantClock } from '@tollgate/kernel'

/** What archiving needs. */
export interface ArchivingOptions {
  readonly audit: Pick<Audit, 'archiveMonth' | 'tenants' | 'verify'>
  readonly files: ArchiveFiles
  /** Opens a connection of the owner. */
  readonly openOwner: () => Promise<MonthOwner & AsyncDisposable>
  readonly signal?: AbortSignal | undefined
  readonly onMonth?: (month: string, archives: number) => void
}

const PAGE_TENANTS = 500

/**
 * Archives the months before a day, oldest first: each log of each tenant to a file of its own, and then removes the month
 * from the database. A month is removed only if every entry is in an archive; an interrupted run continues.
 */
export async function archiveAuditLogs({ audit, files, openOwner, signal, onMonth }: ArchivingOptions, before: Temporal.PlainDate): Promise<void> {
  const first = before.with({ day: 1 }).toString()
  const months = await useOwner(openOwner, owner => monthsToArchive(owner, first))
  for (const month of months) {
    let archives = 0
    for (let after: string | undefined; ;) {
      const { items, hasMore } = await audit.tenants({ first: PAGE_TENANTS, after })
      for (const tenantId of items) {
        signal?.throwIfAborted()
        if ((await audit.archiveMonth({ tenantId, month, files })) !== undefined) archives += 1
      }
      after = items.at(-1)
      if (!hasMore) break
    }
    await useOwner(openOwner, owner => dropArchivedMonth(owner, month))
    onMonth?.(month, archives)
  }
}

async function useOwner<Result>(openOwner: ArchivingOptions['openOwner'], work: (owner: MonthOwner) => Promise<Result>): Promise<Result> {
  await using owner = await openOwner()
  return await work(owner)
}

/** Returns the first day that is kept, if months are kept. */
export function firstKeptDay(clock: TenantClock, months: number): Temporal.PlainDate {
  return clock.now(null).toZonedDateTimeISO('UTC').toPlainDate().with({ day: 1 }).subtract({ months })
}
