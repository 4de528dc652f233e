export { type LongNumber, longNumberText } from '../long-number.ts'
export { checkStorable, checkText, isStorableText, NOT_STORABLE, type TextRules } from '../text.ts'
