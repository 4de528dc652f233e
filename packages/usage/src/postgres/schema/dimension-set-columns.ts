import { defineColumns } from '@tollgate/postgres'
import { type Dimension, DIMENSIONS, type DimensionSet } from '../../model/dimension.ts'

/** A dimension set and the id of its row. */
export interface IdentifiedSet {
  readonly id: string
  readonly set: DimensionSet
}

/** The column of each dimension in `usage.dimension_sets`. */
export const DIMENSION_COLUMNS: Readonly<Record<Dimension, string>> = {
  provider: 'provider',
  model: 'model',
  operation: 'operation',
  status: 'status',
  customer: 'customer',
  organization: 'organization',
  product: 'product',
  feature: 'feature',
  tier: 'tier',
  environment: 'environment',
  taskType: 'task_type',
  tenant: 'tenant_id',
}

/** The columns of `usage.dimension_sets`. */
export const DIMENSION_SET_COLUMNS = defineColumns<IdentifiedSet>(column => [
  column('id', 'uuid', ({ id }) => id),
  ...DIMENSIONS.map(dimension => column(DIMENSION_COLUMNS[dimension], 'text', ({ set }) => set[dimension])),
])
