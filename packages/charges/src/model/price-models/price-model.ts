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

/** What bounds a price before markups and discounts; the charge that comes of it has bounds of its own. */
interface Bounded {
  readonly bounds: LineBounds
}

interface BoundedDraft {
  readonly minimum?: Numeral | null | undefined
  readonly maximum?: Numeral | null | undefined
}

/** A price by quantity may have units that are free: the first ones. Tiers and blocks count the units behind them. */
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

/** A model of any kind, in a matrix or by itself. */
export type AnyPriceModel = QuantityPrice | (FlatFee & Bounded) | (Percentage & Bounded) | NestedMatrix

declare const CHECKED: unique symbol

/** How a quantity becomes an amount. Made by `definePriceModel` only; frozen, and checked once and for all. */
export type PriceModel = AnyPriceModel & { readonly [CHECKED]: true }

/** A price model, to be defined. Plain data: it can be kept as JSON. */
export type PriceModelDraft =
  | ((PerUnitDraft | PackagePriceDraft | GraduatedDraft | VolumeDraft) & WithIncludedUnitsDraft)
  | (FlatFeeDraft & BoundedDraft)
  | (PercentageDraft & BoundedDraft)
  | NestedMatrixDraft

const KINDS = ['flat-fee', 'per-unit', 'package', 'graduated', 'volume', 'percentage', 'matrix'] as const

/** Matrices in matrices in matrices serve nobody, and what is read recursively needs an end. */
const MAX_MATRIX_DEPTH = 3

/** Checks a price model and makes it. Throws `InvalidInput`, naming every field at fault: `cells.2.price.tiers.1.from`. */
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
      if (fields.has('includedUnits')) fields.addIssue('includedUnits', 'belongs in a cell: which price the units would be free of is open otherwise')
      if (depth < MAX_MATRIX_DEPTH) return { ...readMatrix(fields, cell => readPriceModel(cell, depth + 1)), bounds }
      fields.addIssue('kind', `must not be matrix: ${MAX_MATRIX_DEPTH} matrices in each other are the most`)
      return { kind, dimensions: [], cells: [], bounds }
  }
}

function readIncludedUnits(fields: Fields): Decimal | undefined {
  return fields.optionalNumeral('includedUnits', QUANTITY)
}
