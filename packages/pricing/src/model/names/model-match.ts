/** A rule that selects model names. Comparison ignores case. Its shape is that of `@pydantic/genai-prices`, and is stored as JSON. */
export type ModelMatch =
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string }
  | { readonly or: readonly ModelMatch[] }
  | { readonly and: readonly ModelMatch[] }
