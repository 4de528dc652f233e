import type { Decimal } from '@tollgate/kernel'
import { type Fields, readDraft } from '../drafts/read-draft.ts'
import { type Numeral, QUANTITY } from '../numbers/numeral.ts'
import { type LineBounds, readLineBounds } from './bound-lines.ts'
import { type FlatFee, type FlatFeeDraft, readFlatFee } from './flat-fee.ts'
import { type Graduated, type GraduatedDraft, readGraduated } from './graduated.ts'
import { type Matrix, type MatrixDraft, readMatrix } from './matrix.ts'
import { type PackagePrice, type PackagePriceDraft, readPackagePrice } from './package-price.ts'
import { type Percentage, type PercentageDraft, readPercentage } from './percentage.ts'
import { type PerUnit, type PerUnitDraft, readPerUnit } from './per-unit.ts'
import { readVolume, type Volume, type VolumeDraft } from './volume.ts'

/** Bounds of a price, before markups and discounts. A charge has its own bounds. */
interface Bounded {
  readonly bounds: LineBounds
}

interface BoundedDraft {
  readonly minimum?: Numeral | null | undefined
  readonly maximum?: Numeral | null | undefined
}

/** A price by quantity can include free units. Tiers and blocks count the units after them. */
interface WithIncludedUnits extends Bounded {
  readonly includedUnits: Decimal | undefined
}

interface WithIncludedUnitsDraft extends BoundedDraft {
  readonly includedUnits?: Numeral | null | undefined
}

/** A price that depends on the quantity alone. */
export type QuantityPrice = (PerUnit | PackagePrice | Graduated | Volume) & WithIncludedUnits

interface NestedMatrix extends Matrix<AnyPriceModel>, Bounded {}
interface NestedMatrixDraft extends MatrixDraft<PriceModelDraft>, BoundedDraft {}

/** A price model of any kind, in a matrix or alone. */
export type AnyPriceModel = QuantityPrice | (FlatFee & Bounded) | (Percentage & Bounded) | NestedMatrix

declare const CHECKED: unique symbol

/** A checked price model, which turns a quantity into an amount. Frozen. Only `definePriceModel` creates it. */
export type PriceModel = AnyPriceModel & { readonly [CHECKED]: true }

/** Input of `definePriceModel`. Plain data that can be stored as JSON. */
export type PriceModelDraft =
  | ((PerUnitDraft | PackagePriceDraft | GraduatedDraft | VolumeDraft) & WithIncludedUnitsDraft)
  | (FlatFeeDraft & BoundedDraft)
  | (PercentageDraft & BoundedDraft)
  | NestedMatrixDraft

const KINDS = ['flat-fee', 'per-unit', 'package', 'graduated', 'volume', 'percentage', 'matrix'] as const

/** Limits recursion. */
const MAX_MATRIX_DEPTH = 3

/** Checks a price model. Throws `InvalidInput` that names every invalid field, such as `cells.2.price.tiers.1.from`. */
export function definePriceModel(draft: PriceModelDraft): PriceModel {
  return readDraft(draft, fields => readPriceModel(fields, 0)) as PriceModel
}

function readPriceModel(fields: Fields, depth: number): AnyPriceModel {
  const kind = fields.choice('kind', KINDS)
  const bounds = readLineBounds(fields, 'minimum', 'maximum')
  switch (kind) {
    case 'flat-fee':
      return { ...readFlatFee(fields), bounds }
    case 'per-unit':
      return { ...readPerUnit(fields), bounds, includedUnits: readIncludedUnits(fields) }
    case 'package':
      return { ...readPackagePrice(fields), bounds, includedUnits: readIncludedUnits(fields) }
    case 'graduated':
      return { ...readGraduated(fields), bounds, includedUnits: readIncludedUnits(fields) }
    case 'volume':
      return { ...readVolume(fields), bounds, includedUnits: readIncludedUnits(fields) }
    case 'percentage':
      return { ...readPercentage(fields), bounds }
    case 'matrix':
      if (fields.has('includedUnits')) fields.addIssue('includedUnits', 'must be in a cell, because a matrix has no price of its own')
      if (depth < MAX_MATRIX_DEPTH) return { ...readMatrix(fields, cell => readPriceModel(cell, depth + 1)), bounds }
      fields.addIssue('kind', `must not be matrix: matrices can be nested at most ${MAX_MATRIX_DEPTH} deep`)
      return { kind, dimensions: [], cells: [], bounds }
  }
}

function readIncludedUnits(fields: Fields): Decimal | undefined {
  return fields.optionalNumeral('includedUnits', QUANTITY)
}
