export { createPriceFeed, type PriceFeedDependencies } from '../create-price-feed.ts'
export { buildFeed } from '../engine/feed/build-feed.ts'
export { generateFeedKeys, publicKeyOf } from '../engine/feed/feed-keys.ts'
