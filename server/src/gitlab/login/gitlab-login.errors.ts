import { declareErrors } from '../../http/errors.ts'

/** Errors of signing in with GitLab. `{Hint}` is one of `HINTS`, filled in by `localised` (error-page.ts). */
export const gitlabLoginError = declareErrors({
  'api.user.authorize_oauth_user.invalid_state.app_error': [
    400,
    'This sign-in cannot be finished in this browser: it was begun elsewhere or too long ago. Start again from the sign-in page.',
    '이 브라우저에서는 로그인을 마칠 수 없습니다. 다른 곳에서 시작했거나 시간이 너무 지났습니다. 로그인 화면에서 다시 시작해 주세요.',
  ],
  'api.oauth.invalid_state_token.app_error': [
    400,
    'This sign-in has been finished already or has expired. Start again from the sign-in page.',
    '이미 끝났거나 만료된 로그인입니다. 로그인 화면에서 다시 시작해 주세요.',
  ],
  'api.user.authorize_oauth_user.token_failed.app_error': [
    500,
    'The sign-in with GitLab could not be finished. {Hint}',
    'GitLab 로그인을 마치지 못했습니다. {Hint}',
  ],
  'api.user.authorize_oauth_user.bad_response.app_error': [
    500,
    'GitLab did not accept the sign-in. {Hint}',
    'GitLab이 로그인을 받아들이지 않았습니다. {Hint}',
  ],
  'api.user.authorize_oauth_user.bad_token.app_error': [
    500,
    'GitLab answered with a kind of token that this server does not know.',
    'GitLab이 이 서버가 모르는 종류의 토큰을 보냈습니다.',
  ],
  'api.user.authorize_oauth_user.missing.app_error': [
    500,
    'GitLab answered without a token.',
    'GitLab의 응답에 토큰이 없습니다.',
  ],
  'api.user.authorize_oauth_user.service.app_error': [
    500,
    'GitLab could not be asked who you are. {Hint}',
    'GitLab에서 사용자 정보를 가져오지 못했습니다. {Hint}',
  ],
  'api.user.authorize_oauth_user.response.app_error': [
    500,
    'GitLab did not say who you are. {Hint}',
    'GitLab이 사용자 정보를 알려 주지 않았습니다. {Hint}',
  ],
  'oauth.gitlab.tos.error': [
    400,
    'GitLab has new terms of service. Open {URL}, accept them, then sign in here again.',
    'GitLab의 서비스 약관이 바뀌었습니다. {URL}에서 동의한 뒤 다시 로그인해 주세요.',
  ],
  'api.user.create_user.disabled.app_error': [
    501,
    'New accounts are not made on this server. Ask an administrator.',
    '이 서버에서는 새 계정을 만들 수 없습니다. 관리자에게 문의해 주세요.',
  ],
  'api.oauth.singup_with_oauth.disabled.app_error': [
    400,
    'New accounts are not made on this server. Ask an administrator.',
    '이 서버에서는 새 계정을 만들 수 없습니다. 관리자에게 문의해 주세요.',
  ],
  'api.user.create_oauth_user.already_attached.app_error': [
    400,
    'An account with the address of your {Service} account exists already and signs in with {Auth}. Sign in that way, then change the sign-in method in your security settings.',
    '{Service} 계정의 주소를 쓰는 계정이 이미 있으며 {Auth} 방식으로 로그인합니다. 그 방식으로 로그인한 뒤 보안 설정에서 로그인 방식을 바꿔 주세요.',
  ],
  'api.user.login_by_oauth.bot_login_forbidden.app_error': [403, 'Bots cannot sign in.', '봇은 로그인할 수 없습니다.'],
  'api.invalid_redirect_url': [
    400,
    'The address to go to after signing in is not one of this server.',
    '로그인 후 이동할 주소가 이 서버의 주소가 아닙니다.',
  ],
  'api.invalid_custom_url_scheme': [
    400,
    'The app that asked for this sign-in is not known to this server.',
    '이 서버가 모르는 앱에서 로그인을 요청했습니다.',
  ],
  'outpost.gitlab.unconfirmed.app_error': [
    403,
    'Confirm your e-mail address in GitLab first, then sign in here.',
    'GitLab에서 이메일 주소를 먼저 확인한 뒤 로그인해 주세요.',
  ],
  'outpost.gitlab.not_adopted.app_error': [
    400,
    'An account with your number in GitLab exists, but it may be somebody else’s. Ask an administrator to link it.',
    'GitLab 번호가 같은 계정이 있지만 다른 사람의 것일 수 있습니다. 관리자에게 계정 연결을 요청해 주세요.',
  ],
  'outpost.gitlab.not_linked.app_error': [
    404,
    'This account is not linked to a GitLab user.',
    'GitLab 사용자와 연결되지 않은 계정입니다.',
  ],
  'outpost.gitlab.wrong_hook_token.app_error': [
    401,
    'The secret token of the hook is not right.',
    '훅의 비밀 토큰이 올바르지 않습니다.',
  ],
})

const hints = {
  unreachable: [
    500,
    'GitLab cannot be reached at the moment; try again later.',
    'GitLab에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.',
  ],
  certificate: [
    500,
    'The certificate of GitLab is not trusted by this server. Ask an administrator.',
    '이 서버가 GitLab의 인증서를 신뢰하지 않습니다. 관리자에게 문의해 주세요.',
  ],
  clock: [
    500,
    'The clocks of this server and of GitLab do not agree. Ask an administrator.',
    '이 서버와 GitLab의 시각이 맞지 않습니다. 관리자에게 문의해 주세요.',
  ],
  wrong_client: [
    500,
    'The application id or secret that this server has for GitLab is wrong. Ask an administrator.',
    '이 서버에 설정된 GitLab 애플리케이션 ID나 시크릿이 올바르지 않습니다. 관리자에게 문의해 주세요.',
  ],
  invalid_grant: [
    500,
    'The confirmation of GitLab has expired or was meant for another address. Try again; if it happens again, ask an administrator to compare the redirect URI in GitLab with {RedirectURI}.',
    'GitLab의 확인이 만료되었거나 다른 주소를 위한 것입니다. 다시 시도해 보고, 계속되면 GitLab에 등록된 redirect URI가 {RedirectURI}와 같은지 관리자에게 확인을 요청해 주세요.',
  ],
  moved: [
    500,
    'The address of GitLab in the settings of this server is out of date. Ask an administrator.',
    '이 서버에 설정된 GitLab 주소가 바뀌었습니다. 관리자에게 문의해 주세요.',
  ],
  scope: [
    500,
    'The application in GitLab does not allow reading who you are (scope read_user). Ask an administrator.',
    'GitLab 애플리케이션에 사용자 정보를 읽을 권한(read_user)이 없습니다. 관리자에게 문의해 주세요.',
  ],
  refused: [
    500,
    'GitLab says that your account there may not be used. Ask your GitLab administrator.',
    'GitLab에서 사용할 수 없는 계정입니다. GitLab 관리자에게 문의해 주세요.',
  ],
  broken: [500, 'GitLab has a problem; try again later.', 'GitLab에 문제가 있습니다. 잠시 후 다시 시도해 주세요.'],
  profile: [
    500,
    'Your GitLab account has no usable number, username or e-mail address.',
    'GitLab 계정에 쓸 수 있는 번호, 사용자 이름 또는 이메일 주소가 없습니다.',
  ],
} as const

/** What went wrong between this server and GitLab. */
export type Hint = keyof typeof hints

/** The id under which the text of a hint is declared. */
export const hintId = (hint: Hint): string => `outpost.gitlab.hint.${hint}`

/** Makes the errors of hints; they are never thrown, only their texts are used. */
export const gitlabHint = declareErrors(
  Object.fromEntries(Object.entries(hints).map(([hint, texts]) => [hintId(hint as Hint), texts])),
)
