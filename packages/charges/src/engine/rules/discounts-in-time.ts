import type { Temporal } from '@tollgate/kernel'
import { unmetHoursOfDay } from '../../model/discounts/conditions/hours-of-day.ts'
import { unmetValidity } from '../../model/discounts/conditions/validity.ts'
import { unmetWeekdays } from '../../model/discounts/conditions/weekdays.ts'
import type { Discount } from '../../model/discounts/discount.ts'

/** Returns the discounts that have time conditions, all of which are met at a time. Their other conditions are not checked. */
export function discountsInTime(discounts: readonly Discount[], at: Temporal.Instant): readonly Discount[] {
  return discounts.filter(({ conditions }) => {
    const answers = conditions.flatMap(condition => {
      switch (condition.kind) {
        case 'validity':
          return [unmetValidity(condition, { partFrom: at })]
        case 'hours-of-day':
          return [unmetHoursOfDay(condition, { partFrom: at })]
        case 'weekdays':
          return [unmetWeekdays(condition, { partFrom: at })]
        default:
          return []
      }
    })
    return answers.length > 0 && answers.every(reason => reason === undefined)
  })
}
