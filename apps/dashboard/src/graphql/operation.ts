/** The text of an operation, with the types of its result and its variables. */
export type Operation<Result, Variables> = string & { readonly __apiType?: ((variables: Variables) => Result) | undefined }
