import { features } from '../features/index.ts'
import { builder } from './builder.ts'
import './errors/error-interface.ts'

// One feature after the other, by name, because the schema keeps the order in which fields are added.
for (const { graphql } of features.toSorted((one, other) => (one.name < other.name ? -1 : 1))) await graphql?.()

/** The schema of all features. */
export const schema = builder.toSchema({ sortSchema: false })
