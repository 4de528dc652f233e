export { DecimalColumn, InstantColumn } from './column-types.ts'
export { type EntityDatabase, entityDatabase } from './entity-database.ts'
export { type EntityDatabaseOptions, openEntityDatabase, ormDatabase } from './open-entity-database.ts'
