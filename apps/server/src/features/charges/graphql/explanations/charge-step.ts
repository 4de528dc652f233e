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

/** One step on the way to a charge. */
export const ChargeStepRef = builder.interfaceRef<ExplainedStep>('ChargeStep').implement({
  description: 'One step on the way to a charge: it starts where the one before ends.',
  resolveType: ({ step }) => TYPE_NAMES[step],
  fields: t => ({
    rule: t.exposeString('rule', {
      nullable: true,
      description: 'What was applied or considered: a price\'s id, or a charge rule and its version, "launch v2"; null where there is none.',
    }),
    before: t.field({ type: 'Decimal', description: 'The amount that the step found, in USD.', resolve: ({ before }) => new Decimal(before) }),
    after: t.field({ type: 'Decimal', description: 'The amount that it left.', resolve: ({ after }) => new Decimal(after) }),
    applied: t.exposeBoolean('applied', { description: 'Whether it had an effect. One that was not applied ends where it starts.' }),
    reason: t.exposeString('reason', { description: 'Why it was applied, or not, for people.' }),
  }),
})

const ChargeLineRef = builder.objectRef<ExplainedLine>('ChargeLine').implement({
  description: 'One line of a price or cost: `amount` = `units` × `unitPrice`, exactly.',
  fields: t => ({
    label: t.exposeString('label', { description: 'What it is of: a pool of tokens, a tier, a model.' }),
    quantity: t.field({ type: 'Decimal', description: 'How much of what was metered it accounts for.', resolve: ({ quantity }) => new Decimal(quantity) }),
    units: t.field({ type: 'Decimal', description: 'What is charged: tokens, blocks, or 1 for a sum.', resolve: ({ units }) => new Decimal(units) }),
    unitPrice: t.field({ type: 'Decimal', description: 'USD for one unit.', resolve: ({ unitPrice }) => new Decimal(unitPrice) }),
    amount: t.field({ type: 'Decimal', description: 'USD.', resolve: ({ amount }) => new Decimal(amount) }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'cost'>>('CostStep'), {
  name: 'CostStep',
  description: 'What providers charge, pool by pool at the price of the time, or as it is on record; `rule` is the id of the price.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    lines: t.field({ type: [ChargeLineRef], description: 'They sum to the cost.', resolve: ({ lines }) => [...lines] }),
    effectiveFrom: t.string({
      nullable: true,
      description: 'The first instant that the price is in effect; null where it has no beginning, or costs are summed.',
      resolve: ({ effective }) => effective.from,
    }),
    effectiveTo: t.string({ nullable: true, description: 'The first instant that it is no longer.', resolve: ({ effective }) => effective.to }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'price'>>('PriceStep'), {
  name: 'PriceStep',
  description: 'What a price list of our own makes of what was metered, or the sum of charges.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    kind: t.exposeString('kind', { description: 'The kind of price: "graduated"; "sum" where charges of models are summed.' }),
    metered: t.field({
      type: 'Decimal',
      description: 'The quantity, or the cost where it is a percentage of it.',
      resolve: ({ metered }) => new Decimal(metered),
    }),
    lines: t.field({ type: [ChargeLineRef], description: 'They sum to the price.', resolve: ({ lines }) => [...lines] }),
    earlierMetered: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What was metered in the period before it, where the step is what is added to a period; null otherwise.',
      resolve: ({ earlier }) => decimalOf(earlier?.metered ?? null),
    }),
    earlierAmount: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The price of that, which the last line takes off; null where there is none.',
      resolve: ({ earlier }) => decimalOf(earlier?.amount ?? null),
    }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'markup'>>('MarkupStep'), {
  name: 'MarkupStep',
  description: 'The markup that holds, or that none does.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    percent: t.field({ type: 'Decimal', nullable: true, description: 'Per cent on top; null where none holds.', resolve: ({ percent }) => decimalOf(percent) }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'discount'>>('DiscountStep'), {
  name: 'DiscountStep',
  description: 'A discount that was considered, given or not.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    priority: t.exposeInt('priority', { description: 'The higher goes first.' }),
    effect: t.field({ type: 'JSON', description: 'What it takes off, with all that is needed to work it out again.', resolve: ({ effect }) => effect }),
    stacking: t.field({ type: 'JSON', description: 'How it gets on with others.', resolve: ({ stacking }) => stacking }),
    wanted: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What the effect comes to before limits; null where it was not worked out.',
      resolve: ({ wanted }) => decimalOf(wanted),
    }),
    maximum: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'The most that it takes off one charge.',
      resolve: ({ limits }) => decimalOf(limits.maximum),
    }),
    remainingBudget: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What is left of its budget; null where it has none.',
      resolve: ({ limits }) => decimalOf(limits.remainingBudget),
    }),
    takenEarlier: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What it took off earlier parts of the same period: a sum off and `maximum` are once a period. Null where nothing was.',
      resolve: ({ limits }) => decimalOf(limits.taken ?? null),
    }),
    floor: t.field({ type: 'Decimal', description: 'What it does not take the amount below.', resolve: ({ limits }) => new Decimal(limits.floor) }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'bounds'>>('BoundsStep'), {
  name: 'BoundsStep',
  description: 'The least and the most that is charged.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    atLeast: t.field({ type: 'Decimal', nullable: true, description: 'The least.', resolve: ({ atLeast }) => decimalOf(atLeast) }),
    atMost: t.field({ type: 'Decimal', nullable: true, description: 'The most.', resolve: ({ atMost }) => decimalOf(atMost) }),
  }),
})

builder.objectType(builder.objectRef<StepOf<'rounding'>>('RoundingStep'), {
  name: 'RoundingStep',
  description: 'The only rounding; both are null where none was asked for.',
  interfaces: [ChargeStepRef],
  fields: t => ({
    scale: t.exposeInt('scale', { nullable: true, description: 'Digits after the point.' }),
    mode: t.exposeString('mode', { nullable: true, description: 'Which way: "half-even".' }),
  }),
})

function decimalOf(numeral: string | null): Decimal | null {
  return numeral === null ? null : new Decimal(numeral)
}
