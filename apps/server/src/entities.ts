import { pricingEntities } from '@tollgate/pricing/postgres'
import { accountsEntities } from './accounts/postgres/entities.ts'

/** Every entity of every package, for whoever opens the database. */
export const entities = [...accountsEntities, ...pricingEntities]
