import { declareErrors } from '../http/errors.ts'

const WRONG_CREDENTIALS = [
  401,
  'The sign-in name or the password is not right.',
  '로그인 정보가 올바르지 않습니다. 아이디와 비밀번호를 확인해 주세요.',
] as const

/** Errors of signing in; the login route shows only those of UNMASKED (login-errors.ts). */
export const loginError = declareErrors({
  'api.user.login.invalid_credentials_email_username': WRONG_CREDENTIALS,
  'api.user.login.invalid_credentials_username': [
    401,
    'The username or the password is not right.',
    '사용자 이름 또는 비밀번호가 올바르지 않습니다.',
  ],
  'api.user.login.invalid_credentials_email': [
    401,
    'The email address or the password is not right.',
    '이메일 주소 또는 비밀번호가 올바르지 않습니다.',
  ],
  'api.user.login.invalid_credentials_sso': [
    401,
    'The sign-in name or the password is not right. You may have to sign in with another service.',
    '로그인 정보가 올바르지 않습니다. 다른 로그인 서비스를 써야 할 수도 있습니다.',
  ],
  'api.user.login.blank_pwd.app_error': [400, 'Enter your password.', '비밀번호를 입력해 주세요.'],
  'api.user.login.use_auth_service.app_error': [
    401,
    'This account signs in with another service: {AuthService}.',
    '이 계정은 다른 서비스로 로그인합니다: {AuthService}.',
  ],
  'api.user.login.inactive.app_error': [
    401,
    'This account has been deactivated. Ask an administrator.',
    '비활성화된 계정입니다. 관리자에게 문의해 주세요.',
  ],
  'api.user.login.bot_login_forbidden.app_error': [401, 'Bots cannot sign in.', '봇은 로그인할 수 없습니다.'],
  'api.user.login.remote_users.login.error': [
    401,
    'This account belongs to another server. Sign in there.',
    '다른 서버의 계정입니다. 그 서버에서 로그인해 주세요.',
  ],
  'api.user.login.guest_accounts.disabled.error': [
    401,
    'Guest accounts are switched off on this server.',
    '이 서버에서는 게스트 계정을 사용하지 않습니다.',
  ],
  'api.user.login.not_verified.app_error': [
    401,
    'Confirm your email address first: open the link that was sent to you.',
    '이메일 주소를 먼저 확인해 주세요. 받은 메일의 링크를 열면 됩니다.',
  ],
  'api.user.check_user_login_attempts.too_many.app_error': [
    401,
    'The account is locked after too many failed attempts. Reset your password.',
    '로그인 실패가 너무 많아 계정이 잠겼습니다. 비밀번호를 재설정해 주세요.',
  ],
  'api.user.check_user_password.invalid.app_error': [
    401,
    'The password is not right.',
    '비밀번호가 올바르지 않습니다.',
  ],
  'api.user.login_cws.license.error': [
    401,
    'Signing in through a customer portal is not offered here.',
    '이 서버에서는 고객 포털 로그인을 지원하지 않습니다.',
  ],
  'api.user.login_sso_code_exchange.deprecated.app_error': [
    410,
    'This way of signing in is no longer offered. Update the app.',
    '더 이상 지원하지 않는 로그인 방식입니다. 앱을 업데이트해 주세요.',
  ],
  'app.desktop_token.validate.invalid': [
    401,
    'The sign-in of the desktop app has expired. Try again.',
    '데스크톱 앱의 로그인이 만료되었습니다. 다시 시도해 주세요.',
  ],
})

/** Errors of switching between a password and a sign-in service. */
export const switchError = declareErrors({
  'api.user.authorize_oauth_user.unsupported.app_error': [
    501,
    'Signing in with {Service} is not switched on here.',
    '이 서버에서는 {Service} 로그인을 사용하지 않습니다.',
  ],
  'api.user.email_to_oauth.not_available.app_error': [
    403,
    'Changing the way you sign in is switched off on this server.',
    '이 서버에서는 로그인 방식을 바꿀 수 없습니다.',
  ],
  'api.user.oauth_to_email.context.app_error': [
    403,
    'You can change this only for your own account.',
    '자신의 계정만 바꿀 수 있습니다.',
  ],
  'api.user.oauth_to_email.not_available.app_error': [
    403,
    'Signing in with a password is switched off on this server.',
    '이 서버에서는 비밀번호 로그인을 사용하지 않습니다.',
  ],
  'api.admin.ldap.not_available.app_error': [
    501,
    'LDAP is not available on this server.',
    '이 서버에서는 LDAP을 사용할 수 없습니다.',
  ],
  'api.admin.saml.not_available.app_error': [
    501,
    'SAML is not available on this server.',
    '이 서버에서는 SAML을 사용할 수 없습니다.',
  ],
  'api.user.email_to_ldap.not_available.app_error': [
    501,
    'LDAP is not available on this server.',
    '이 서버에서는 LDAP을 사용할 수 없습니다.',
  ],
})

export const mfaError = declareErrors({
  'mfa.mfa_disabled.app_error': [
    501,
    'Multi-factor authentication is switched off on this server.',
    '이 서버에서는 다중 인증을 사용하지 않습니다.',
  ],
  'mfa.validate_token.authenticate.app_error': [
    400,
    'Enter the six-digit code of your authenticator app.',
    '인증 앱에 표시된 6자리 코드를 입력해 주세요.',
  ],
  'api.user.check_user_mfa.bad_code.app_error': [
    401,
    'The code is not right or has been used already.',
    '코드가 올바르지 않거나 이미 사용되었습니다.',
  ],
  'ent.mfa.activate.authenticate.app_error': [
    401,
    'The code does not fit. Check the clock of your phone and try again.',
    '코드가 맞지 않습니다. 휴대전화의 시각을 확인하고 다시 시도해 주세요.',
  ],
  'api.user.activate_mfa.email_and_ldap_only.app_error': [
    400,
    'Multi-factor authentication is for accounts with a password.',
    '다중 인증은 비밀번호로 로그인하는 계정에서만 쓸 수 있습니다.',
  ],
})

export const accessTokenError = declareErrors({
  'app.user_access_token.disabled': [
    501,
    'Personal access tokens are switched off on this server.',
    '이 서버에서는 개인 액세스 토큰을 사용하지 않습니다.',
  ],
  'app.user_access_token.get_by_user.app_error': [
    404,
    'There is no such access token.',
    '그런 액세스 토큰이 없습니다.',
  ],
  'model.user_access_token.is_valid.description.app_error': [
    400,
    'The description has more than 255 characters.',
    '설명은 255자까지 쓸 수 있습니다.',
  ],
})

export const passwordError = declareErrors({
  'api.user.update_password.incorrect.app_error': [
    400,
    'The current password is not right.',
    '현재 비밀번호가 올바르지 않습니다.',
  ],
  'api.user.update_password.oauth.app_error': [
    400,
    'This account has no password: it signs in with another service.',
    '다른 서비스로 로그인하는 계정이라 비밀번호가 없습니다.',
  ],
  'api.user.reset_password.invalid_link.app_error': [400, 'This link is not valid.', '올바르지 않은 링크입니다.'],
  'api.user.reset_password.link_expired.app_error': [
    400,
    'This link has expired. Ask for a new one.',
    '만료된 링크입니다. 새 링크를 요청해 주세요.',
  ],
  'api.user.reset_password.sso.app_error': [
    400,
    'The password of this account cannot be reset: it signs in with another service.',
    '다른 서비스로 로그인하는 계정이라 비밀번호를 재설정할 수 없습니다.',
  ],
  'api.user.verify_email.bad_link.app_error': [400, 'This link is not valid.', '올바르지 않은 링크입니다.'],
  'api.user.verify_email.link_expired.app_error': [
    400,
    'This link has expired. Ask for a new one.',
    '만료된 링크입니다. 새 링크를 요청해 주세요.',
  ],
})
