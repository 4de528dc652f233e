/** The values of an enum by their GraphQL names, each with its domain value and its description. */
export type EnumValues<Value extends string> = Record<Uppercase<string>, { value: Value; description: string }>
