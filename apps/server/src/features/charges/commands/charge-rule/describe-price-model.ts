import type { PriceModel } from '@tollgate/charges'

/** Returns a price model as one line: "graduated: 0.00002 each, above 1000000 0.000015 each; the first 500000 free". */
export function describePriceModel(model: PriceModel): string {
  const { minimum, maximum } = model.bounds
  const limits = [
    'includedUnits' in model && model.includedUnits ? [`the first ${model.includedUnits.toFixed()} free`] : [],
    minimum ? [`at least ${minimum.toFixed()}`] : [],
    maximum ? [`at most ${maximum.toFixed()}`] : [],
  ].flat()
  return [`${model.kind}: ${describePrice(model)}`, ...limits].join('; ')
}

function describePrice(model: PriceModel): string {
  switch (model.kind) {
    case 'flat-fee':
      return `${model.fee.toFixed()} for any usage`
    case 'per-unit':
      return `${model.unitPrice.toFixed()} each`
    case 'package':
      return `${model.price.toFixed()} per ${model.size.toFixed()}, incomplete blocks ${model.partialBlock}`
    case 'graduated':
    case 'volume':
      return model.tiers.map(describeTier).join(', ')
    case 'percentage':
      return `${model.percent.toFixed()} % of the cost${model.fixed ? ` and ${model.fixed.toFixed()}` : ''}`
    case 'matrix':
      return `by ${model.dimensions.join(' × ')}, ${model.cells.length} ${model.cells.length === 1 ? 'cell' : 'cells'}`
  }
}

function describeTier({ from, unitPrice, flatFee }: Extract<PriceModel, { kind: 'graduated' | 'volume' }>['tiers'][number]): string {
  return `${from.isZero() ? '' : `above ${from.toFixed()} `}${unitPrice.toFixed()} each${flatFee ? ` and ${flatFee.toFixed()}` : ''}`
}
