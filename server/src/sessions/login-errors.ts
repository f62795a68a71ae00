import type { App } from '../app.ts'
import { AppError } from '../http/errors.ts'
import { loginError } from './sessions.errors.ts'

/** What a stranger may learn about why a login failed (errors.md, "Login error masking"). */
const UNMASKED = new Set([
  'mfa.validate_token.authenticate.app_error',
  'api.user.check_user_mfa.bad_code.app_error',
  'api.user.login.blank_pwd.app_error',
  'api.user.login.bot_login_forbidden.app_error',
  'api.user.login.remote_users.login.error',
  'api.user.login.inactive.app_error',
  'api.user.login.not_verified.app_error',
  'api.user.check_user_login_attempts.too_many.app_error',
])

/**
 * The error that the login route shows for `error`: others than the known ones become one that does not tell whether
 * the account exists; failures of the server itself stay what they are.
 */
export function maskedLoginError(app: Pick<App, 'config'>, error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  // The web client asks for the code on a 401 of the login route.
  if (error.id === 'mfa.validate_token.authenticate.app_error') return new AppError(error.id, 401, error.params)
  if (UNMASKED.has(error.id)) return error
  return loginError(generalId(app), {}, error.id)
}

function generalId(app: Pick<App, 'config'>) {
  const config = app.config.get()
  const { EnableSignInWithEmail: email, EnableSignInWithUsername: username } = config.EmailSettings
  const services = [
    config.GitLabSettings,
    config.SamlSettings,
    config.GoogleSettings,
    config.Office365Settings,
    config.OpenIdSettings,
  ]
  if (services.some((service) => service.Enable)) return 'api.user.login.invalid_credentials_sso'
  if (username && !email) return 'api.user.login.invalid_credentials_username'
  if (email && !username) return 'api.user.login.invalid_credentials_email'
  return 'api.user.login.invalid_credentials_email_username'
}
