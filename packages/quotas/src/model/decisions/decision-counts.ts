/** What a caller asked for, with its result: amounts that fit, amounts that did not, and changes of reservations. */
export type CountedAction = 'checked' | 'consumed' | 'reserved' | 'settled' | 'released' | 'extended' | 'refused'

/** What one caller asked for. */
export interface CallerCounts {
  readonly tenantId: string
  /** Null for callers without a name. */
  readonly caller: string | null
  readonly counts: Readonly<Partial<Record<CountedAction, number>>>
}
