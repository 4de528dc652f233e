import { InvalidInput } from '@tollgate/kernel'
import { checkShape, inputShape, type InputShape, optionalTime, readRange, requireText } from '@tollgate/kernel/input'
import type { ChargesDependencies } from './charges-dependencies.ts'
import type { Charges, ExplainPeriodRequest } from './charges.ts'
import { explainEvent } from './explain-event.ts'
import { explainPeriod } from './explain-period.ts'
import { measureCharges, type MeasureChargesRequest } from './measure-charges.ts'
import { OPERATOR_VIEWER } from './model/promotions/charge-viewer.ts'
import type { SimulationRequest } from './model/simulation/charge-simulation.ts'
import type { Requested, UsageSelection } from './model/usage/usage-selection.ts'
import { simulateCharges } from './simulate-charges.ts'

const OPTIONS = inputShape<ChargesDependencies>({
  usage: 'object',
  tenants: 'object',
  pricing: 'object',
  rules: 'object',
  promotions: 'object',
  attempts: 'object?',
  publicPlans: 'object?',
  rateEvent: 'function',
})
const SELECTION = {
  tenantId: 'text',
  range: 'object',
  filter: 'object?',
  at: 'time?',
  couponCodes: 'list?',
  viewer: 'object?',
} as const satisfies Record<keyof UsageSelection, string>
const EXPLAIN = inputShape<ExplainPeriodRequest>({ ...SELECTION, rounding: 'object?' })
const MEASURE = inputShape<MeasureChargesRequest>({ ...SELECTION, by: 'list?', buckets: 'list?' })
const SIMULATE = inputShape<SimulationRequest>({ ...SELECTION, scenario: 'object', by: 'list?', maxEvents: 'integer', onProgress: 'function?' })

/**
 * Creates the service that explains and simulates charges. Throws `InvalidInput` for options that it does not have, or that are missing.
 */
export function createCharges(dependencies: ChargesDependencies): Charges {
  checkShape(OPTIONS, dependencies)
  return {
    async explainEvent(scope, eventId) {
      requireText('eventId', eventId)
      return explainEvent(dependencies, scope, eventId)
    },
    async explainPeriod(request) {
      return explainPeriod(dependencies, readRequest(dependencies, EXPLAIN, request))
    },
    async measure(request) {
      return measureCharges(dependencies, readRequest(dependencies, MEASURE, request))
    },
    async simulate<Dimension extends string>(request: Requested<SimulationRequest<Dimension>>) {
      return simulateCharges(dependencies, readRequest<SimulationRequest<Dimension>>(dependencies, SIMULATE, request))
    },
  }
}

/** Checks the fields of a request, reads its times, and counts its codes as attempts. Throws `InvalidInput`. */
function readRequest<Request extends UsageSelection>(
  dependencies: Pick<ChargesDependencies, 'attempts'>,
  shape: InputShape<Request>,
  given: Requested<Request>,
): Request {
  checkShape<object>(shape as InputShape<object>, given)
  const request = { ...given, range: readRange('range', given.range), at: optionalTime('at', given.at) } as unknown as Request
  tryCodes(dependencies, request)
  return request
}

const MAX_COUPON_CODES = 10

/** Counts the codes of a request as attempts. */
function tryCodes({ attempts }: Pick<ChargesDependencies, 'attempts'>, { couponCodes, viewer = OPERATOR_VIEWER }: UsageSelection): void {
  const count = couponCodes?.length ?? 0
  if (count > MAX_COUPON_CODES) throw new InvalidInput([{ path: 'couponCodes', message: `must have at most ${MAX_COUPON_CODES} codes, not ${count}` }])
  attempts?.take(viewer, count)
}
