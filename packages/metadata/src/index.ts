export type { AttributeValue, Metadata } from './metadata.ts'
