import type { ChargeFigures, ChargeSimulation, SimulatedFigures, SimulatedGroup } from '@tollgate/charges'
import type { Dimension } from '@tollgate/usage'
import { tenantOf } from '../../../../graphql/authorize.ts'
import { builder } from '../../../../graphql/builder.ts'
import { MAX_SIMULATED_EVENTS, SIMULATION_COMPLEXITY } from '../../../../graphql/limits/limits.ts'
import { groupedBy } from '../../../usage/graphql/report/grouped-by.ts'
import { DimensionRef } from '../../../usage/graphql/usage-enums.ts'
import { toDimensionFilter } from '../dimension-filter.ts'
import { TimeRangeInputRef } from '../../../usage/graphql/time-range-input.ts'
import { toFilterByDimensions, UsageFilterInputRef } from '../../../usage/graphql/usage-filter-input.ts'
import { DimensionValueRef } from '../../../usage/graphql/report/usage-group.ts'
import { ChargeExplanationRef } from '../explanations/charge-explanation.ts'
import { ChargeScenarioInputRef, toScenario } from './charge-scenario-input.ts'
import { withInputPaths } from '../inputs/path-in-input.ts'

const SimulationMethodRef = builder.enumType('SimulationMethod', {
  description: 'What a simulation is based on.',
  values: {
    EVENTS: { value: 'events', description: 'Every event was rated again at its own time.' },
    ROLLUPS: { value: 'rollups', description: 'Sums, because neither prices nor models change.' },
  } as const,
})

const ChargeFiguresRef = builder.objectRef<ChargeFigures>('ChargeFigures').implement({
  description: 'Cost and charge of some usage.',
  fields: t => ({
    calls: t.expose('calls', { type: 'SafeInt', description: 'Number of events.' }),
    unpricedCalls: t.expose('unpricedCalls', { type: 'SafeInt', description: 'Number of events without a price. Neither cost nor charge includes them.' }),
    cost: t.expose('cost', { type: 'Decimal', nullable: true, showsCosts: true, description: 'What providers charge, in USD.' }),
    charge: t.expose('charge', { type: 'Decimal', nullable: true, description: 'What the tenant is charged, in USD. Null if it has no price.' }),
  }),
})

const SimulatedFiguresRef = builder.interfaceRef<SimulatedFigures>('SimulatedFigures').implement({
  description: 'The same usage with and without the scenario.',
  fields: t => ({
    current: t.expose('current', { type: ChargeFiguresRef, description: 'Cost and charge without the scenario, including corrections.' }),
    simulated: t.expose('simulated', { type: ChargeFiguresRef, description: 'Cost and charge with the scenario.' }),
    costDifference: t.expose('costDifference', { type: 'Decimal', nullable: true, showsCosts: true, description: 'Simulated minus current cost, in USD.' }),
    chargeDifference: t.expose('chargeDifference', {
      type: 'Decimal',
      nullable: true,
      description: 'Simulated minus current charge, in USD. Null if one of them has no price.',
    }),
  }),
})

const SimulatedTotalRef = builder.objectRef<SimulatedFigures>('SimulatedTotal').implement({
  description: 'Totals with and without the scenario.',
  interfaces: [SimulatedFiguresRef],
})

const SimulatedGroupRef = builder.objectRef<SimulatedGroup<Dimension>>('SimulatedGroup').implement({
  description: 'The share of one group with and without the scenario. The shares add up to the total exactly.',
  interfaces: [SimulatedFiguresRef],
  fields: t => ({
    key: t.field({
      type: [DimensionValueRef],
      complexity: { field: 1, multiplier: 3 },
      description: 'One value for each dimension of `by`, as recorded.',
      resolve: ({ key }) => [...key],
    }),
  }),
})

const ChargeSimulationRef = builder.objectRef<ChargeSimulation<Dimension>>('ChargeSimulation').implement({
  description: 'Result of a simulation. Nothing is stored.',
  fields: t => ({
    method: t.expose('method', { type: SimulationMethodRef, description: 'What the simulation is based on.' }),
    total: t.expose('total', { type: SimulatedTotalRef, description: 'Totals of all usage.' }),
    groups: t.field({
      type: [SimulatedGroupRef],
      description: 'Shares by the dimensions of `by`, highest current charge first.',
      resolve: ({ groups }) => [...groups],
    }),
    currentCharge: t.expose('currentCharge', { type: ChargeExplanationRef, description: 'The current charge and its explanation.' }),
    simulatedCharge: t.expose('simulatedCharge', { type: ChargeExplanationRef, description: 'The simulated charge and its explanation.' }),
  }),
})

builder.queryField('simulateCharges', t =>
  t.field({
    type: ChargeSimulationRef,
    authScopes: { can: 'usage:read' },
    complexity: SIMULATION_COMPLEXITY,
    description: `Simulates what a tenant's past usage would have cost and been charged with other prices, models or charge rules. Stores nothing. Other prices and models are limited to ${MAX_SIMULATED_EVENTS.toLocaleString('en')} events. Tenants can simulate their own usage, on their own plan and on public ones.`,
    args: {
      tenantId: t.arg.id({ description: 'Tenant to simulate. Required with an operator key.' }),
      range: t.arg({ type: TimeRangeInputRef, required: true, description: 'Events that occurred in this range.' }),
      filter: t.arg({ type: UsageFilterInputRef, description: 'Events to include. Defaults to all.' }),
      at: t.arg({
        type: 'DateTime',
        description: 'Applies the charge rules of this time to the whole range. By default, each part has the rules of its own time.',
      }),
      couponCodes: t.arg.stringList({
        description: 'Coupon codes to try, in addition to the redeemed ones. At most 10; each counts as an attempt, as in `redeemCoupon`.',
      }),
      by: t.arg({ type: [DimensionRef], description: 'Dimensions to break the result down by. Defaults to none.' }),
      scenario: t.arg({ type: ChargeScenarioInputRef, required: true, description: 'Changes to simulate.' }),
    },
    resolve: async (_root, { tenantId, filter, by, scenario, ...about }, context) => {
      const selection = {
        ...about,
        tenantId: await tenantOf(context, tenantId),
        filter: toDimensionFilter(toFilterByDimensions(filter, context.viewer)),
        by: groupedBy(by ?? []),
        viewer: context.viewer,
      }
      const simulate = () => context.tollgate.charges.simulate({ ...selection, scenario: toScenario(scenario), maxEvents: MAX_SIMULATED_EVENTS })
      return withInputPaths({ ...about, scenario }, '', simulate)
    },
  }),
)
