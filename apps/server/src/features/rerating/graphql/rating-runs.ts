import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { RatingRunId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { pageArguments } from '../../../graphql/relay/page-arguments.ts'
import { RatingRunRef } from './rating-run.ts'

const RatingRunConnectionRef = builder.connectionObject({ type: RatingRunRef, name: 'RatingRunConnection' }, { name: 'RatingRunEdge' })

builder.queryFields(t => ({
  ratingRun: t.field({
    type: RatingRunRef,
    nullable: true,
    authScopes: { $all: { operator: true, can: 'prices:read' } },
    description: 'A rating run and its progress. Null if there is none with this id. Requires an operator key with the scope "prices:read".',
    args: { id: t.arg.id({ required: true, description: 'Id of the run: "run_…".' }) },
    resolve: (_root, { id }, { tollgate }) => tollgate.rerating.run(RatingRunId.decode(id)),
  }),
  ratingRuns: t.field({
    type: RatingRunConnectionRef,
    authScopes: { $all: { operator: true, can: 'prices:read' } },
    complexity: pageComplexity(PAGES.ratingRuns),
    description: 'Lists rating runs, newest first. Requires an operator key with the scope "prices:read".',
    args: {
      ...pageArguments(t.arg, PAGES.ratingRuns),
    },
    resolve: async (_root, args, { tollgate }) => {
      const page = readPage(args, PAGES.ratingRuns, toRunId)
      const { items, hasMore } = await tollgate.rerating.runs(page)
      return toConnection(items, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
}))

function toRunId(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!RatingRunId.matches(id)) throw invalidCursor()
  return id
}
