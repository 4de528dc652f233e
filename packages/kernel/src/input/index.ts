export { optionalTime, type RangeInput, readRange, readTimeAt, requireList, requireText, requireTime } from '../input-fields.ts'
export { checkedInput, checkShape, type FieldRule, inputShape, type InputShape, shapeIssues } from '../input-shape.ts'
export { type AmountInput, readAmount } from '../read-amount.ts'
export { readTime, type TimeInput } from '../read-time.ts'
