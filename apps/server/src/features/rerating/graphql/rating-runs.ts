import { builder } from '../../../graphql/builder.ts'
import { decodeCursor, encodeCursor, invalidCursor } from '../../../graphql/relay/cursor.ts'
import { RatingRunId } from '../ids.ts'
import { PAGES } from '../../../graphql/limits/limits.ts'
import { pageComplexity, readPage, toConnection } from '../../../graphql/relay/page.ts'
import { RatingRunRef } from './rating-run.ts'

const RatingRunConnectionRef = builder.connectionObject({ type: RatingRunRef, name: 'RatingRunConnection' }, { name: 'RatingRunEdge' })

builder.queryFields(t => ({
  ratingRun: t.field({
    type: RatingRunRef,
    nullable: true,
    authScopes: { $all: { operator: true, can: 'prices:read' } },
    description: 'One rating run, with its progress; null where there is none with this id. For operators.',
    args: { id: t.arg.id({ required: true, description: 'The id of the run: "run_…".' }) },
    resolve: (_root, { id }, { tollgate }) => tollgate.rerating.run(RatingRunId.decode(id)),
  }),
  ratingRuns: t.field({
    type: RatingRunConnectionRef,
    authScopes: { $all: { operator: true, can: 'prices:read' } },
    complexity: pageComplexity(PAGES.ratingRuns),
    description: 'Rating runs, the newest first. For operators.',
    args: {
      first: t.arg.int({ description: `How many, from 1 to ${PAGES.ratingRuns.max}; ${PAGES.ratingRuns.default} where it is left out.` }),
      after: t.arg.string({ description: 'Continue behind this cursor.' }),
    },
    resolve: async (_root, args, { tollgate }) => {
      const page = readPage(args, PAGES.ratingRuns, toRunId)
      const { runs, hasMore } = await tollgate.rerating.runs(page)
      return toConnection(runs, { hasMore, page, cursor: ({ id }) => encodeCursor(id) })
    },
  }),
}))

function toRunId(cursor: string): string {
  const id = decodeCursor(cursor)
  if (!RatingRunId.matches(id)) throw invalidCursor()
  return id
}
