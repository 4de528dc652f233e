import type { ChargeFigures, ChargeSimulation, SimulatedFigures, SimulatedGroup } from '@tollgate/charges'
import type { Dimension } from '@tollgate/usage'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { MAX_SIMULATED_EVENTS, SIMULATION_COMPLEXITY } from '../../../../graphql/limits/limits.ts'
import { groupedBy } from '../../../usage/graphql/grouped-by.ts'
import { DimensionRef } from '../../../usage/graphql/usage-enums.ts'
import { toDimensionFilter } from '../../charged-usage.ts'
import { TimeRangeInputRef } from '../../../usage/graphql/time-range-input.ts'
import { toFilter, UsageFilterInputRef } from '../../../usage/graphql/usage-filter-input.ts'
import { DimensionValueRef } from '../../../usage/graphql/usage-group.ts'
import { ChargeExplanationRef } from '../explanations/charge-explanation.ts'
import { ChargeScenarioInputRef, toScenario } from './charge-scenario-input.ts'
import { withInputPaths } from '../inputs/path-in-input.ts'

const SimulationMethodRef = builder.enumType('SimulationMethod', {
  description: 'What a simulation was worked out from.',
  values: {
    EVENTS: { value: 'events', description: 'Every event was rated again, at its own time.' },
    ROLLUPS: { value: 'rollups', description: 'Neither prices nor models are otherwise: costs stay, and sums are enough.' },
  } as const,
})

const ChargeFiguresRef = builder.objectRef<ChargeFigures>('ChargeFigures').implement({
  description: 'What use comes to.',
  fields: t => ({
    calls: t.expose('calls', { type: 'SafeInt', description: 'Events.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Events that could not be priced: their cost is in neither figure.' }),
    cost: t.expose('cost', { type: 'Decimal', description: 'USD, what providers charge.' }),
    charge: t.expose('charge', { type: 'Decimal', nullable: true, description: 'USD, what the tenant is charged; null where it cannot be charged.' }),
  }),
})

const SimulatedFiguresRef = builder.interfaceRef<SimulatedFigures>('SimulatedFigures').implement({
  description: 'The same use as it is, and as it would be.',
  fields: t => ({
    current: t.expose('current', { type: ChargeFiguresRef, description: 'As it is, with every correction made since.' }),
    simulated: t.expose('simulated', { type: ChargeFiguresRef, description: 'As it would be.' }),
    costDifference: t.expose('costDifference', { type: 'Decimal', description: 'Simulated less current.' }),
    chargeDifference: t.expose('chargeDifference', {
      type: 'Decimal',
      nullable: true,
      description: 'Simulated less current; null where one cannot be charged.',
    }),
  }),
})

const SimulatedTotalRef = builder.objectRef<SimulatedFigures>('SimulatedTotal').implement({
  description: 'All of it, as it is and as it would be.',
  interfaces: [SimulatedFiguresRef],
})

const SimulatedGroupRef = builder.objectRef<SimulatedGroup<Dimension>>('SimulatedGroup').implement({
  description: "One group's share, as it is and as it would be. Shares sum to the total, to the last digit.",
  interfaces: [SimulatedFiguresRef],
  fields: t => ({
    key: t.field({
      type: [DimensionValueRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'A value for each dimension of `by`, as it was recorded.',
      resolve: ({ key }) => [...key],
    }),
  }),
})

const ChargeSimulationRef = builder.objectRef<ChargeSimulation<Dimension>>('ChargeSimulation').implement({
  description: 'What use would have cost and come to otherwise. Nothing was written.',
  fields: t => ({
    method: t.expose('method', { type: SimulationMethodRef, description: 'What it was worked out from.' }),
    total: t.expose('total', { type: SimulatedTotalRef, description: 'All of it.' }),
    groups: t.field({
      type: [SimulatedGroupRef],
      description: 'By the dimensions of `by`, the largest current charge first.',
      resolve: ({ groups }) => [...groups],
    }),
    currentCharge: t.expose('currentCharge', { type: ChargeExplanationRef, description: 'The charge of all of it as it is, and why.' }),
    simulatedCharge: t.expose('simulatedCharge', { type: ChargeExplanationRef, description: 'The charge of all of it as it would be, and why.' }),
  }),
})

builder.queryField('simulateCharges', t =>
  t.field({
    type: ChargeSimulationRef,
    authScopes: { can: 'usage:read' },
    complexity: SIMULATION_COMPLEXITY,
    description: `What a tenant's past use would have cost and come to with other prices, models, or charge rules; writes nothing. Other prices and models are tried on up to ${MAX_SIMULATED_EVENTS.toLocaleString('en')} events. A tenant may try its own.`,
    args: {
      tenantId: t.arg.id({ description: 'Whose use; an operator key must name a tenant.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'When it happened (`occurredAt`).' }),
      filter: t.arg({ type: UsageFilterInputRef, description: 'Which events count; all where it is left out.' }),
      at: t.arg({
        type: 'DateTime',
        description: 'By the charge rules of this time for all of it; of each time, where they change in the range, where it is left out.',
      }),
      couponCodes: t.arg.stringList({ description: 'Codes that were given.' }),
      by: t.arg({ type: [DimensionRef], description: 'What the answer is broken down by; by nothing where it is left out.' }),
      scenario: t.arg({ type: ChargeScenarioInputRef, required: true, description: 'What would be otherwise.' }),
    },
    resolve: async (_root, { tenantId, filter, by, scenario, ...about }, context) => {
      const group = { ...about, tenantId: await tenantOf(context, tenantId), filter: toDimensionFilter(toFilter(filter)), by: groupedBy(by ?? []) }
      const simulate = () => context.tollgate.charges.simulate({ ...group, scenario: toScenario(scenario), maxEvents: MAX_SIMULATED_EVENTS })
      return withInputPaths({ ...about, scenario }, '', simulate)
    },
  }),
)
