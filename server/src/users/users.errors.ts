import { declareErrors } from '../http/errors.ts'

export const userError = declareErrors({
  'app.user.missing_account.const': [404, 'There is no such account.', '계정을 찾을 수 없습니다.'],
  'app.user.get_by_username.app_error': [
    404,
    'There is no account with this username.',
    '이 사용자 이름의 계정을 찾을 수 없습니다.',
  ],
  'api.user.get_user_by_email.permissions.app_error': [
    403,
    'E-mail addresses are not shown on this server.',
    '이 서버에서는 이메일 주소를 볼 수 없습니다.',
  ],
  'app.user.save.email_exists.app_error': [
    400,
    'An account with this e-mail address exists already.',
    '이 이메일 주소를 쓰는 계정이 이미 있습니다.',
  ],
  'app.user.save.username_exists.app_error': [
    400,
    'This username is taken. Choose another one.',
    '이미 사용 중인 사용자 이름입니다. 다른 이름을 선택해 주세요.',
  ],
  'app.user.group_name_conflict': [
    400,
    'A group has this name. Choose another username.',
    '같은 이름의 그룹이 있습니다. 다른 사용자 이름을 선택해 주세요.',
  ],
  'model.user.is_valid.username.app_error': [
    400,
    'A username has 1 to 64 lowercase letters, digits, dots, hyphens or underscores, and must not be reserved.',
    '사용자 이름은 영문 소문자, 숫자, 마침표, 하이픈, 밑줄로 이루어진 1~64자여야 하며 예약된 이름은 쓸 수 없습니다.',
  ],
  'model.user.is_valid.email.app_error': [400, 'This is not a valid e-mail address.', '올바른 이메일 주소가 아닙니다.'],
  'model.user.is_valid.nickname.app_error': [
    400,
    'A nickname has at most 64 characters.',
    '별명은 64자까지 쓸 수 있습니다.',
  ],
  'model.user.is_valid.first_name.app_error': [
    400,
    'A first name has at most 64 characters.',
    '이름은 64자까지 쓸 수 있습니다.',
  ],
  'model.user.is_valid.last_name.app_error': [
    400,
    'A last name has at most 64 characters.',
    '성은 64자까지 쓸 수 있습니다.',
  ],
  'model.user.is_valid.position.app_error': [
    400,
    'A position has at most 128 characters.',
    '직책은 128자까지 쓸 수 있습니다.',
  ],
  'model.user.is_valid.locale.app_error': [400, 'This language is not known.', '알 수 없는 언어입니다.'],
  'model.user.is_valid.auth_data.app_error': [
    400,
    'The id at the sign-in service has at most 128 characters.',
    '로그인 서비스의 ID는 128자까지 쓸 수 있습니다.',
  ],
  'model.user.is_valid.auth_data_type.app_error': [
    400,
    'An id at a sign-in service needs the name of the service.',
    '로그인 서비스의 ID에는 서비스 이름이 필요합니다.',
  ],
  'model.user.is_valid.auth_data_pwd.app_error': [
    400,
    'An account of a sign-in service has no password.',
    '로그인 서비스로 만든 계정에는 비밀번호를 둘 수 없습니다.',
  ],
  'api.user.create_user.signup_email_disabled.app_error': [
    501,
    'Signing up with an e-mail address is switched off on this server.',
    '이 서버에서는 이메일로 가입할 수 없습니다.',
  ],
  'api.user.create_user.no_open_server': [
    403,
    'You need an invitation to sign up on this server.',
    '이 서버에 가입하려면 초대가 필요합니다.',
  ],
  'api.user.create_user.accepted_domain.app_error': [
    400,
    'Addresses of this domain are not accepted here. Ask an administrator.',
    '이 도메인의 이메일 주소로는 가입할 수 없습니다. 관리자에게 문의해 주세요.',
  ],
  'api.user.create_user.signup_link_invalid.app_error': [
    400,
    'The invitation is not valid.',
    '초대 링크가 올바르지 않습니다.',
  ],
  'api.user.create_user.signup_link_expired.app_error': [
    400,
    'The invitation has expired. Ask for a new one.',
    '초대 링크가 만료되었습니다. 새 초대를 요청해 주세요.',
  ],
  'api.user.create_user.guest_accounts.disabled.app_error': [
    400,
    'Guest accounts are switched off on this server.',
    '이 서버에서는 게스트 계정을 사용할 수 없습니다.',
  ],
  'app.team.get_by_invite_id.finding.app_error': [
    404,
    'The invitation does not lead to a team.',
    '초대 링크에 해당하는 팀을 찾을 수 없습니다.',
  ],
  'app.team.invite_id.group_constrained.error': [
    403,
    'Members of this team come from groups; it cannot be joined by an invitation.',
    '이 팀의 멤버는 그룹으로 관리되므로 초대 링크로 참가할 수 없습니다.',
  ],
  'api.team.invite_members.invalid_email.app_error': [
    403,
    'Addresses of this domain are not accepted in this team.',
    '이 팀에서는 이 도메인의 이메일 주소를 받지 않습니다.',
  ],
  'api.user.update_user.accepted_domain.app_error': [
    400,
    'Addresses of this domain are not accepted here. Ask an administrator.',
    '이 도메인의 이메일 주소는 쓸 수 없습니다. 관리자에게 문의해 주세요.',
  ],
  'api.user.update_user.accepted_guest_domain.app_error': [
    400,
    'Addresses of this domain are not accepted for guests. Ask an administrator.',
    '이 도메인의 이메일 주소는 게스트가 쓸 수 없습니다. 관리자에게 문의해 주세요.',
  ],
  'api.user.update_user.login_provider_attribute_set.app_error': [
    409,
    'The field {Field} comes from the sign-in service and is changed there.',
    '{Field} 항목은 로그인 서비스에서 관리하므로 그곳에서 변경해 주세요.',
  ],
  'api.user.patch_user.login_provider_attribute_set.app_error': [
    409,
    'The field {Field} comes from the sign-in service and is changed there.',
    '{Field} 항목은 로그인 서비스에서 관리하므로 그곳에서 변경해 주세요.',
  ],
  'api.user.update_active.not_enable.app_error': [
    401,
    'You cannot deactivate your own account on this server. Ask an administrator.',
    '이 서버에서는 자신의 계정을 비활성화할 수 없습니다. 관리자에게 문의해 주세요.',
  ],
  'api.user.update_active.permissions.app_error': [
    403,
    'You do not have the permission to change whether this account is active.',
    '이 계정의 활성 상태를 변경할 권한이 없습니다.',
  ],
  'api.user.update_active.cannot_enable_guest_when_guest_feature_is_disabled.app_error': [
    401,
    'Guest accounts are switched off on this server; a guest cannot be activated.',
    '이 서버에서는 게스트 계정을 사용하지 않으므로 게스트를 활성화할 수 없습니다.',
  ],
  'api.user.delete_user.not_enabled.app_error': [
    401,
    'Accounts cannot be deleted for good on this server.',
    '이 서버에서는 계정을 영구 삭제할 수 없습니다.',
  ],
  'api.user.delete_user.not_enabled.for_admin.app_error': [
    401,
    'Deleting accounts for good is switched off. Set ServiceSettings.EnableAPIUserDeletion to true to allow it.',
    '계정 영구 삭제가 꺼져 있습니다. 허용하려면 ServiceSettings.EnableAPIUserDeletion을 true로 설정해 주세요.',
  ],
  'app.role.check_roles_exist.role_not_found': [
    400,
    'One of the roles does not exist.',
    '존재하지 않는 역할이 있습니다.',
  ],
  'api.user.update_user_auth.invalid_request': [
    400,
    'A sign-in service of this server and the id there are needed.',
    '이 서버의 로그인 서비스와 그 서비스의 ID가 필요합니다.',
  ],
  'app.user.update_auth_data.email_exists.app_error': [
    400,
    'Another account is tied to this id of the sign-in service.',
    '이 로그인 서비스 ID에 연결된 다른 계정이 있습니다.',
  ],
  'api.user.promote_guest_to_user.no_guest.app_error': [501, 'This account is not a guest.', '게스트 계정이 아닙니다.'],
  'api.user.demote_user_to_guest.already_guest.app_error': [
    501,
    'This account is a guest already.',
    '이미 게스트 계정입니다.',
  ],
  'api.team.demote_user_to_guest.disabled.error': [
    501,
    'Guest accounts are switched off on this server.',
    '이 서버에서는 게스트 계정을 사용할 수 없습니다.',
  ],
  'app.group.no_rows': [404, 'There is no such group.', '그룹을 찾을 수 없습니다.'],
})

/** Errors around profile pictures. */
export const pictureError = declareErrors({
  'api.user.upload_profile_user.storage.app_error': [
    501,
    'The server has no place to store pictures.',
    '서버에 이미지를 저장할 공간이 설정되어 있지 않습니다.',
  ],
  'api.user.upload_profile_user.too_large.app_error': [
    413,
    'The picture is larger than this server accepts.',
    '이미지가 서버에서 허용하는 크기보다 큽니다.',
  ],
  'api.user.upload_profile_user.parse.app_error': [
    400,
    'The upload is not a multipart form.',
    '업로드가 멀티파트 양식이 아닙니다.',
  ],
  'api.user.upload_profile_user.no_file.app_error': [
    400,
    'The upload has no file in the field "image".',
    '업로드의 "image" 항목에 파일이 없습니다.',
  ],
  'api.user.upload_profile_user.decode.app_error': [
    400,
    'The picture cannot be read. Use a PNG, JPEG, GIF or BMP file.',
    '이미지를 읽을 수 없습니다. PNG, JPEG, GIF, BMP 파일을 사용해 주세요.',
  ],
  'api.user.upload_profile_user.check_image_limits.app_error': [
    400,
    'The picture has more pixels than this server accepts.',
    '이미지의 해상도가 서버에서 허용하는 것보다 큽니다.',
  ],
})
