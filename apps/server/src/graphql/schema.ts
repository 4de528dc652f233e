import { features } from '../features/index.ts'
import { builder } from './builder.ts'
import { contentsOf } from './domains.ts'
import './errors/error-interface.ts'

// One feature after the other, by name, because the schema keeps the order in which fields are added.
for (const { graphql } of features.toSorted((one, other) => (one.name < other.name ? -1 : 1))) await graphql?.()

/** The schema of all features. */
export const schema = builder.toSchema({ sortSchema: false })

for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
  if (root) root.description = `${root.description ?? ''}\n\n${contentsOf(Object.keys(root.getFields()))}`
}
