import { InvalidInput, type Period, periodIncludes, Temporal } from '@tollgate/kernel'
import { clockChanges } from '../../model/discounts/conditions/clock-changes.ts'
import type { Discount } from '../../model/discounts/discount.ts'
import type { ChargeRuleSet } from './charge-rules-in-effect.ts'

/** Maximum number of parts of a range. */
const MAX_PARTS = 1_000

/** A part of a range, and the discounts in effect. */
interface TimedPart {
  readonly range: Period
  readonly rules: Pick<ChargeRuleSet, 'discounts'>
}

/**
 * Cuts parts where a discount becomes valid or expires, and where its hours of day or weekdays start or end while it is
 * valid. Within each resulting part no time condition changes. Discounts that cannot apply do not cut. Throws
 * `InvalidInput` for more than 1,000 parts.
 */
export function cutByTime<Part extends TimedPart>(parts: readonly Part[], canApply: (discount: Discount) => boolean = () => true): readonly Part[] {
  const cut: Part[] = []
  for (const part of parts) {
    const starts = new Map([[part.range.from.epochNanoseconds, part.range.from]])
    for (const at of changes(part, canApply)) {
      starts.set(at.epochNanoseconds, at)
      checkPartCount(cut.length + starts.size)
    }
    checkPartCount(cut.length + starts.size)
    const inOrder = [...starts.values()].toSorted(Temporal.Instant.compare)
    cut.push(...inOrder.map((from, position) => ({ ...part, range: { from, to: inOrder[position + 1] ?? part.range.to } })))
  }
  return cut
}

function* changes({ range, rules }: TimedPart, canApply: (discount: Discount) => boolean): Generator<Temporal.Instant> {
  for (const discount of rules.discounts) {
    const valid = canApply(discount) ? validIn(discount, range) : undefined
    if (valid === undefined) continue
    for (const bound of [valid.from, valid.to]) if (periodIncludes(range, bound) && !bound.equals(range.from)) yield bound
    for (const condition of discount.conditions) if (condition.kind === 'hours-of-day' || condition.kind === 'weekdays') yield* clockChanges(condition, valid)
  }
}

/** Returns when a discount is valid within a range; undefined if never. */
function validIn({ conditions }: Discount, range: Period): Period | undefined {
  let { from, to } = range
  for (const condition of conditions) {
    if (condition.kind !== 'validity') continue
    if (condition.from && Temporal.Instant.compare(condition.from, from) > 0) from = condition.from
    if (condition.to && Temporal.Instant.compare(condition.to, to) < 0) to = condition.to
  }
  return Temporal.Instant.compare(from, to) < 0 ? { from, to } : undefined
}

/** Throws `InvalidInput` for more parts than a range may have. */
export function checkPartCount(parts: number): void {
  if (parts <= MAX_PARTS) return
  const max = MAX_PARTS.toLocaleString('en')
  const message = `has more than ${max} parts with different rules or time-based discounts; choose a shorter range`
  throw new InvalidInput([{ path: 'range', message }])
}
