import { features } from '../features/index.ts'
import { builder } from './builder.ts'
import './errors/error-interface.ts'

// One after the other and by name: fields stay in the order in which they are added.
for (const { graphql } of features.toSorted((one, other) => (one.name < other.name ? -1 : 1))) await graphql?.()

/** The whole schema. */
export const schema = builder.toSchema({ sortSchema: false })
