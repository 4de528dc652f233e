/** A proxy in front of several servers. */
export interface ReverseProxy extends AsyncDisposable {
  /** "http://127.0.0.1:41234" */
  readonly url: string
}
