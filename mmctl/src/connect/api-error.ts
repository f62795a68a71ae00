/** An answer of the server that is no success. The message is what people read: the server's text and its details. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  /** the server's name for the error, such as `app.user.missing_account.const` */
  readonly id: string

  constructor(status: number, body: unknown) {
    const { id, message, detailed_error } = fields(body)
    const text = message || id || `the server answered with status ${status}`
    super(detailed_error ? `${text}, ${detailed_error}` : text)
    this.status = status
    this.id = id
  }
}

/** The thing asked for is not there, or its address is not well formed. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 404 || error.status === 400)

function fields(body: unknown): { id: string; message: string; detailed_error: string } {
  const from = (typeof body === 'object' && body ? body : {}) as Record<string, unknown>
  const text = (name: string) => (typeof from[name] === 'string' ? from[name] : '')
  return { id: text('id'), message: text('message'), detailed_error: text('detailed_error') }
}
