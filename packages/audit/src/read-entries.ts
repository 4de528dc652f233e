import type { AuditStore, EntriesQuery, EntryPosition } from './audit-store.ts'
import type { AuditEvent } from './model/audit-event.ts'

/** Entries that are read at once. */
const PAGE_ENTRIES = 1_000

/** Reads the entries of a log in pages, in their order. */
export async function* readEntries(
  store: AuditStore,
  tenantId: string | null,
  { after, range }: Pick<EntriesQuery, 'after' | 'range'> = {},
): AsyncGenerator<readonly AuditEvent[], void, undefined> {
  let position: EntryPosition | undefined = after
  for (;;) {
    const page = await store.entries(tenantId, { first: PAGE_ENTRIES, after: position, range })
    if (page.length > 0) yield page
    position = page.at(-1)
    if (page.length < PAGE_ENTRIES) return
  }
}
