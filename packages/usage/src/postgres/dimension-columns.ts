import type { Dimension } from '../dimension.ts'

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
