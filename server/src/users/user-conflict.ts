import { userError } from './users.errors.ts'

/** The `AppError` that a client understands for a broken unique key of `users`; any other error as it is. */
export function asUserConflict(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code !== '23505') return error
  if (constraint === 'users_email_key') return userError('app.user.save.email_exists.app_error')
  if (constraint === 'users_username_key') return userError('app.user.save.username_exists.app_error')
  if (constraint === 'users_authdata_key') return userError('app.user.update_auth_data.email_exists.app_error')
  return error
}
