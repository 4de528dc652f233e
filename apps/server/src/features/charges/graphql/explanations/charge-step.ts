import type { ExplainedLine, ExplainedStep } from '@tollgate/charges'
import { Decimal } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'

type StepOf<Kind extends ExplainedStep['step']> = Extract<ExplainedStep, { step: Kind }>

const TYPE_NAMES = {
  cost: 'CostStep',
  price: 'PriceStep',
  markup: 'MarkupStep',
  discount: 'DiscountStep',
  bounds: 'BoundsStep',
  rounding: 'RoundingStep',
} as const satisfies Record<ExplainedStep['step'], string>

/** One step of a charge. */
export const ChargeStepRef = builder.interfaceRef<ExplainedStep>('ChargeStep').implement({
  description: 'One step of a charge. It starts at the amount of the previous step.',
  resolveType: ({ step }) => TYPE_NAMES[step],
  fields: t => ({
    rule: t.exposeString('rule', {
      nullable: true,
      description:
        'The rule that was applied or considered: the id of a price, or the name and version of a charge rule, such as "launch v2". Null if there is none.',
    }),
    before: t.field({ type: 'Decimal', description: 'Amount before the step, in USD.', resolve: ({ before }) => new Decimal(before) }),
    after: t.field({ type: 'Decimal', description: 'Amount after the step, in USD.', resolve: ({ after }) => new Decimal(after) }),
    applied: t.exposeBoolean('applied', { description: 'Whether the rule had an effect. If not, `after` equals `before`.' }),
    reason: t.exposeString('reason', { description: 'Why the rule was applied or not.' }),
  }),
})

const ChargeLineRef = builder.objectRef<ExplainedLine>('ChargeLine').implement({
  description: 'One line of a price or cost: `amount` = `units` × `unitPrice`, exactly.',
  fields: t => ({
    label: t.exposeString('label', { description: 'What the line charges: a token pool, a tier or a model.' }),
    quantity: t.field({
      type: 'Decimal',
      description: 'Part of the metered quantity that the line accounts for.',
      resolve: ({ quantity }) => new Decimal(quantity),
    }),
    units: t.field({ type: 'Decimal', description: 'Charged units: tokens, blocks, or 1 for a fixed amount.', resolve: ({ units }) => new Decimal(units) }),
    unitPrice: t.field({ type: 'Decimal', description: 'Price of one unit, in USD.', resolve: ({ unitPrice }) => new Decimal(unitPrice) }),
    amount: t.field({ type: 'Decimal', description: 'Amount in USD.', resolve: ({ amount }) => new Decimal(amount) }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'cost'>>('CostStep'), {
  name: 'CostStep',
  description: 'What providers charge: by token pool at the price of that time, or as recorded. `rule` is the id of the price.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    lines: t.field({ type: [ChargeLineRef], description: 'Lines that add up to the cost.', resolve: ({ lines }) => [...lines] }),
    effectiveFrom: t.string({
      nullable: true,
      description: 'When the price takes effect. Null if it has no start, or if costs are added up.',
      resolve: ({ effective }) => effective.from,
    }),
    effectiveTo: t.string({ nullable: true, description: 'When the price ends, exclusive. Null if it has no end.', resolve: ({ effective }) => effective.to }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'price'>>('PriceStep'), {
  name: 'PriceStep',
  description: 'The price of the metered quantity by a price list, or the sum of charges.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    kind: t.exposeString('kind', { description: 'Kind of price, such as "graduated". "sum" adds up the charges of models or parts.' }),
    metered: t.field({
      type: 'Decimal',
      description: 'Metered quantity; the cost for a percentage.',
      resolve: ({ metered }) => new Decimal(metered),
    }),
    lines: t.field({ type: [ChargeLineRef], description: 'Lines that add up to the price.', resolve: ({ lines }) => [...lines] }),
    earlierMetered: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Quantity metered earlier in the period, if the step is an addition to a period. Otherwise null.',
      resolve: ({ earlier }) => decimalOf(earlier?.metered ?? null),
    }),
    earlierAmount: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Price of the earlier quantity, which the last line takes off. Null if there is none.',
      resolve: ({ earlier }) => decimalOf(earlier?.amount ?? null),
    }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'markup'>>('MarkupStep'), {
  name: 'MarkupStep',
  description: 'The markup that applies, or that none does.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    percent: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Percentage added. Null if no markup applies.',
      resolve: ({ percent }) => decimalOf(percent),
    }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'discount'>>('DiscountStep'), {
  name: 'DiscountStep',
  description: 'A discount, applied or not.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    priority: t.exposeInt('priority', { description: 'Discounts with a higher priority apply first.' }),
    effect: t.field({ type: 'JSON', description: 'Effect of the discount, with everything needed to verify it.', resolve: ({ effect }) => effect }),
    stacking: t.field({ type: 'JSON', description: 'How the discount combines with others.', resolve: ({ stacking }) => stacking }),
    amountBeforeLimits: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Amount of the effect before limits, in USD. Null if the discount cannot apply.',
      resolve: ({ wanted }) => decimalOf(wanted),
    }),
    maximum: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Maximum amount off one charge, in USD. Null for no maximum.',
      resolve: ({ limits }) => decimalOf(limits.maximum),
    }),
    remainingBudget: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Remaining budget, in USD. Null for no budget. Tenants see it only where it limits the discount.',
      resolve: ({ limits }) => decimalOf(limits.remainingBudget),
    }),
    discountedEarlier: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Amount taken off earlier parts of the period, in USD. Fixed amounts and `maximum` apply once per period. Null if there is none.',
      resolve: ({ limits }) => decimalOf(limits.taken ?? null),
    }),
    floor: t.field({
      type: 'Decimal',
      description: 'Amount in USD that the discount does not take the charge below.',
      resolve: ({ limits }) => new Decimal(limits.floor),
    }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'bounds'>>('BoundsStep'), {
  name: 'BoundsStep',
  description: 'Minimum and maximum of the charge.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    atLeast: t.field({ type: 'Decimal', nullable: true, description: 'Minimum, in USD. Null for none.', resolve: ({ atLeast }) => decimalOf(atLeast) }),
    atMost: t.field({ type: 'Decimal', nullable: true, description: 'Maximum, in USD. Null for none.', resolve: ({ atMost }) => decimalOf(atMost) }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'rounding'>>('RoundingStep'), {
  name: 'RoundingStep',
  description: 'Rounding of the charge. Both fields are null if none was requested.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    scale: t.exposeInt('scale', { nullable: true, description: 'Decimal places.' }),
    mode: t.exposeString('mode', { nullable: true, description: 'Rounding mode, such as "half-even".' }),
  }),
})

function decimalOf(numeral: string | null): Decimal | null {
  return numeral === null ? null : new Decimal(numeral)
}
