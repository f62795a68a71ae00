import { AppError, errorText, generalError } from '../http/errors.ts'

/** A failure as one line of a list of results: what nobody foresaw becomes a 500 without details. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : generalError('api.internal_error', {}, String(error))
}

/** An error inside an answer that as a whole succeeded. */
export function errorView(error: AppError, locale: string): object {
  return {
    id: error.id,
    message: errorText(error.id, error.params, locale),
    detailed_error: '',
    status_code: error.status,
  }
}
