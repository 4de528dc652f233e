/** A point in time: text with an offset, a Date, a Temporal.Instant or a Temporal.ZonedDateTime. Those of a polyfill are fine. */
export type TimeInput = string | Date | { readonly epochNanoseconds: bigint }
