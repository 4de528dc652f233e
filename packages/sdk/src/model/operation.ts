/** The text of an operation, with the types of its result and its variables. Typed documents of GraphQL Code Generator are such, too. */
export type Operation<Result, Variables> = { toString(): string } & { readonly __apiType?: ((variables: Variables) => Result) | undefined }
