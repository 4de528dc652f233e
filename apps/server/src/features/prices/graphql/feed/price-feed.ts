import type { FeedState, FeedStatus } from '@tollgate/pricing'
import { builder } from '../../../../graphql/builder.ts'
import { PriceChangeRef } from './price-change.ts'

const PriceFeedStateRef = builder.enumType('PriceFeedState', {
  description: 'Result of a check of the price feed. Unless it is CURRENT, the check changed nothing.',
  values: {
    CURRENT: { value: 'current', description: 'The latest list is there.' },
    UNREACHABLE: { value: 'unreachable', description: 'A file could not be fetched in time.' },
    UNREADABLE: { value: 'unreadable', description: 'A file is not in the format of a feed.' },
    BAD_SIGNATURE: { value: 'bad_signature', description: 'The manifest is not signed with a configured key.' },
    BAD_HASH: { value: 'bad_hash', description: 'The list is not the one that the manifest names.' },
    OLDER: { value: 'older', description: 'A newer list is there already.' },
  } as const satisfies Record<Uppercase<FeedState>, { value: FeedState; description: string }>,
})

/** The feed of list prices. */
export const PriceFeedRef = builder.objectRef<FeedStatus>('PriceFeed').implement({
  description: 'The feed from which list prices are fetched. All servers share what was fetched.',
  fields: t => ({
    configured: t.exposeBoolean('configured', { description: 'Whether this server has a feed (TOLLGATE_PRICES_URL).' }),
    url: t.string({ nullable: true, description: 'Address that was checked last. Null before the first check.', resolve: ({ lastCheck }) => lastCheck?.url }),
    checkedAt: t.field({ type: 'DateTime', nullable: true, description: 'When it was checked last.', resolve: ({ lastCheck }) => lastCheck?.checkedAt }),
    state: t.field({ type: PriceFeedStateRef, nullable: true, description: 'Result of the last check.', resolve: ({ lastCheck }) => lastCheck?.state }),
    problem: t.string({ nullable: true, description: 'What is wrong, in a sentence. Null if nothing is.', resolve: ({ lastCheck }) => lastCheck?.problem }),
    version: t.field({
      type: 'SafeInt',
      nullable: true,
      description: 'Version of the accepted list. Null if none was accepted.',
      resolve: ({ accepted }) => accepted?.version,
    }),
    date: t.field({ type: 'DateTime', nullable: true, description: 'When the prices of that list were checked.', resolve: ({ accepted }) => accepted?.date }),
    acceptedAt: t.field({ type: 'DateTime', nullable: true, description: 'When that list was accepted.', resolve: ({ accepted }) => accepted?.acceptedAt }),
    changes: t.field({
      type: [PriceChangeRef],
      complexity: { field: 1, multiplier: 50 },
      description: 'Prices of that list that wait for an operator.',
      resolve: ({ pending }) => [...pending],
    }),
  }),
})
