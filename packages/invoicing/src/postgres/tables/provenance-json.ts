import type { LineProvenance } from '../../model/invoices/invoice-line.ts'

/** A provenance as it is stored: its conversion and its details. Lines that were stored before this form have the provenance itself. */
export type ProvenanceJson = LineProvenance | PackedProvenance

type PackedProvenance = readonly [conversion: LineProvenance['conversion'], details: Json]

/** What a line charges, as its other columns have it. */
export interface ChargeOfLine {
  readonly key: string
  readonly basis: { readonly from: string; readonly to: string }
}

type Json = Readonly<Record<string, unknown>>

// The fields of explanations, in the order in which their values are stored. An order never changes, because stored lines have it.
const EXPLANATION = ['version', 'currency', 'at', 'charge']
const LINE = ['label', 'quantity', 'units', 'unitPrice', 'amount']
const STEPS: Readonly<Record<string, readonly string[]>> = {
  cost: ['rule', 'after', 'applied', 'reason', 'effective'],
  price: ['rule', 'after', 'applied', 'reason', 'kind', 'metered'],
  markup: ['rule', 'after', 'applied', 'reason', 'percent'],
  discount: ['rule', 'after', 'applied', 'reason', 'priority', 'stacking', 'effect', 'wanted', 'limits'],
  bounds: ['rule', 'after', 'applied', 'reason', 'atLeast', 'atMost'],
  rounding: ['rule', 'after', 'applied', 'reason', 'scale', 'mode'],
}

/** Stands for the basis of the charge. */
const BASIS = 0

/**
 * Makes a provenance less than half as long: without what other columns of its line have, without names of fields, and without what follows from the
 * step before. Anything with other fields than usual is stored as it is.
 */
export function packProvenance({ conversion, details }: LineProvenance, charge: ChargeOfLine | undefined): ProvenanceJson {
  const { key, basis, ranges, explanations, ...others } = details
  const isUsual = isListOrNone(ranges) && isListOrNone(explanations, isExplained)
  if (charge === undefined || key !== charge.key || !isBasis(basis, charge) || !isStoredExactly(charge) || !isUsual) return { conversion, details }
  return [
    conversion,
    {
      ...others,
      ...(ranges !== undefined && { ranges: Array.isArray(ranges) && ranges.length === 1 && isBasis(ranges[0], charge) ? BASIS : ranges }),
      ...(explanations !== undefined && { explanations: listOf(explanations, explained => packExplained(explained, charge)) }),
    },
  ]
}

/** Restores a provenance that `packProvenance` made. */
export function unpackProvenance(stored: ProvenanceJson, charge: ChargeOfLine | undefined): LineProvenance {
  if (!isPacked(stored)) return stored
  if (charge === undefined) throw new TypeError('A packed provenance belongs to a line with a charge')
  const [conversion, { ranges, explanations, ...others }] = stored
  return {
    conversion,
    details: {
      key: charge.key,
      basis: charge.basis,
      ...others,
      ...(ranges !== undefined && { ranges: ranges === BASIS ? [charge.basis] : ranges }),
      ...(explanations !== undefined && { explanations: listOf(explanations, packed => unpackExplained(packed, charge)) }),
    },
  }
}

function isPacked(stored: ProvenanceJson): stored is PackedProvenance {
  return Array.isArray(stored)
}

/** PostgreSQL keeps microseconds. */
function isStoredExactly({ basis: { from, to } }: ChargeOfLine): boolean {
  const longest = '2026-10-01T00:00:00.000000Z'.length
  return from.length <= longest && to.length <= longest
}

function isBasis(value: unknown, { basis: { from, to } }: ChargeOfLine): boolean {
  return isObject(value) && value['from'] === from && value['to'] === to && Object.keys(value).length === 2
}

// Arrays stand for packed objects, so what is not packed must be an object.
function isExplained(value: unknown): boolean {
  if (!isObject(value)) return false
  const { explanation } = value
  return !isObject(explanation) || isListOrNone(explanation['steps'], step => isObject(step) && isListOrNone(step['lines'], isObject))
}

function isListOrNone(value: unknown, isElement: (element: unknown) => boolean = () => true): boolean {
  return value === undefined || (Array.isArray(value) && value.every(isElement))
}

/** An explained part is stored as its range, the values of its explanation, and its steps. */
function packExplained(explained: unknown, charge: ChargeOfLine): unknown {
  if (!isObject(explained) || Object.keys(explained).length !== 3) return explained
  const { from, to, explanation } = explained
  if (!isObject(explanation) || !Array.isArray(explanation['steps'])) return explained
  const { steps, ...head } = explanation
  const values = valuesOf(head, EXPLANATION)
  if (values === undefined) return explained
  return [isBasis({ from, to }, charge) ? BASIS : { from, to }, values, packSteps(steps as readonly unknown[])]
}

function unpackExplained(packed: unknown, { basis }: ChargeOfLine): unknown {
  if (!Array.isArray(packed)) return packed
  const [range, values, steps] = packed as [typeof BASIS | Json, readonly unknown[], readonly unknown[]]
  return { ...(range === BASIS ? basis : range), explanation: { ...objectOf(EXPLANATION, values), steps: unpackSteps(steps) } }
}

/** A step starts with the amount of the step before, the first with 0. */
function packSteps(steps: readonly unknown[]): readonly unknown[] {
  let amount: unknown = '0'
  return steps.map(step => {
    const packed = isObject(step) && step['before'] === amount ? packStep(step) : undefined
    amount = isObject(step) ? step['after'] : undefined
    return packed ?? step
  })
}

function packStep({ step, before: _, lines, ...fields }: Json): unknown {
  const values = typeof step === 'string' && Object.hasOwn(STEPS, step) ? valuesOf(fields, STEPS[step] ?? []) : undefined
  if (values === undefined) return undefined
  return lines === undefined ? [step, ...values] : [step, ...values, listOf(lines, line => (isObject(line) ? (valuesOf(line, LINE) ?? line) : line))]
}

function unpackSteps(packed: readonly unknown[]): readonly unknown[] {
  let amount: unknown = '0'
  return packed.map(stored => {
    const step = Array.isArray(stored) ? { ...unpackStep(stored as [string, ...unknown[]]), before: amount } : stored
    amount = isObject(step) ? step['after'] : undefined
    return step
  })
}

function unpackStep([step, ...values]: readonly [string, ...unknown[]]): Json {
  const fields = STEPS[step] ?? []
  const hasLines = values.length > fields.length
  return {
    step,
    ...objectOf(fields, values),
    ...(hasLines && { lines: listOf(values.at(-1), line => (Array.isArray(line) ? objectOf(LINE, line) : line)) }),
  }
}

/** Returns the values of an object that has exactly these fields. Undefined for another one. */
function valuesOf(object: Json, fields: readonly string[]): readonly unknown[] | undefined {
  return Object.keys(object).length === fields.length && fields.every(field => Object.hasOwn(object, field)) ? fields.map(field => object[field]) : undefined
}

function objectOf(fields: readonly string[], values: readonly unknown[]): Json {
  return Object.fromEntries(fields.map((field, i) => [field, values[i]]))
}

function listOf(values: unknown, change: (value: unknown) => unknown): unknown {
  return Array.isArray(values) ? values.map(change) : values
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
