import { InvalidInput } from '@tollgate/kernel'
import type { ChargesDependencies } from './charges-dependencies.ts'
import type { Charges } from './charges.ts'
import { explainEvent } from './explain-event.ts'
import { explainPeriod } from './explain-period.ts'
import { measureCharges } from './measure-charges.ts'
import { OPERATOR_VIEWER } from './model/promotions/charge-viewer.ts'
import type { UsageSelection } from './model/usage/usage-selection.ts'
import { simulateCharges } from './simulate-charges.ts'

/** Creates the service that explains and simulates charges. */
export function createCharges(dependencies: ChargesDependencies): Charges {
  return {
    explainEvent: (scope, eventId) => explainEvent(dependencies, scope, eventId),
    async explainPeriod(request) {
      tryCodes(dependencies, request)
      return explainPeriod(dependencies, request)
    },
    async measure(request) {
      tryCodes(dependencies, request)
      return measureCharges(dependencies, request)
    },
    async simulate(request) {
      tryCodes(dependencies, request)
      return simulateCharges(dependencies, request)
    },
  }
}

const MAX_COUPON_CODES = 10

/** Counts the codes of a request as attempts. */
function tryCodes({ attempts }: Pick<ChargesDependencies, 'attempts'>, { couponCodes, viewer = OPERATOR_VIEWER }: UsageSelection): void {
  const count = couponCodes?.length ?? 0
  if (count > MAX_COUPON_CODES) throw new InvalidInput([{ path: 'couponCodes', message: `must have at most ${MAX_COUPON_CODES} codes, not ${count}` }])
  attempts?.take(viewer, count)
}
