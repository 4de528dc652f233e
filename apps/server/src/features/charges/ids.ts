import { idCodec } from '../../graphql/relay/id-codec.ts'

/** Ids of charge rules. */
export const ChargeRuleId = idCodec({ type: 'ChargeRule', prefix: 'rule_', plural: 'charge rules' })
