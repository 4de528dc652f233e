/** Values of an enum, by their names in GraphQL: what each stands for in the domain, and what it says in GraphiQL. */
export type EnumValues<Value extends string> = Record<Uppercase<string>, { value: Value; description: string }>
