import type { MetadataRule } from '@tollgate/accounts'
import { builder } from '../../../graphql/builder.ts'

/** What happens to a value. */
export const MetadataActionRef = builder.enumType('MetadataAction', {
  description: 'What to do with the values of a field before they are stored.',
  values: {
    HASH: { value: 'hash', description: 'Store a pseudonym. The same value of a tenant always gets the same one, so groups, counts and quotas stay correct.' },
    DROP: { value: 'drop', description: 'Store nothing.' },
    TRUNCATE: { value: 'truncate', description: 'Store only the first characters.' },
  } as const,
})

/** A rule for a field of metadata. */
export const MetadataRuleRef = builder.objectRef<MetadataRule>('MetadataRule').implement({
  description: 'What happens to the values of a field of metadata before they are stored.',
  fields: t => ({
    field: t.exposeString('field', { description: 'A field of metadata, such as "customerId", or an attribute, such as "attributes.email".' }),
    action: t.expose('action', { type: MetadataActionRef, description: 'What happens to its values.' }),
    length: t.exposeInt('length', { nullable: true, description: 'How many characters TRUNCATE keeps.' }),
  }),
})

/** A rule to set. */
export const MetadataRuleInputRef = builder.inputType('MetadataRuleInput', {
  description: 'What happens to the values of a field of metadata before they are stored.',
  fields: t => ({
    field: t.string({ required: true, description: 'A field of metadata, such as "customerId", or an attribute, such as "attributes.email".' }),
    action: t.field({ type: MetadataActionRef, required: true, description: 'What happens to its values.' }),
    length: t.int({ description: 'How many characters TRUNCATE keeps, 1 to 1,000. Required for TRUNCATE only.' }),
  }),
})
