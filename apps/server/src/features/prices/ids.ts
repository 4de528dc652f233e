import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of prices. Those of bundled prices are readable: "price_bundled:openai/gpt-5". */
export const PriceId = idCodec({ type: 'Price', prefix: 'price_', plural: 'prices', form: /^[\x21-\x7e]{1,300}$/ })
