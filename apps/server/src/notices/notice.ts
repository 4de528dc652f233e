import type { Temporal } from '@tollgate/kernel'

/** What others can be told of. */
export const NOTICE_TYPES = ['quota.threshold_reached', 'alert.raised', 'alert.recovered'] as const

/** A kind of notice, as webhooks name it. */
export type NoticeType = (typeof NOTICE_TYPES)[number]

/** Something that happened that others want to be told of. Never changes; found again by its cursor. */
export interface Notice {
  /** The same for the same happening, however often it is read. */
  readonly id: string
  readonly cursor: string
  readonly type: NoticeType
  /** Null: the operator's alone. */
  readonly tenantId: string | null
  readonly occurredAt: Temporal.Instant
  /** Goes out as JSON. Decimals and instants are strings. */
  readonly data: Readonly<Record<string, unknown>>
}

/** A sequence of notices. None ever becomes visible behind a cursor that was visible before. */
export interface NoticeSource {
  readonly name: string
  /** The channel that is notified when new ones commit. */
  readonly channel: string
  /** Notices behind a cursor, in their order; left out: from the first one. */
  read(query: { readonly after?: string | undefined; readonly first: number }): Promise<readonly Notice[]>
}
