import { declareErrors } from '../http/errors.ts'

/** Those that sign-up knows too are in users.errors.ts. */
export const invitationError = declareErrors({
  'api.team.invite_members.disabled.app_error': [
    501,
    'Invitations by e-mail are switched off on this server (EnableEmailInvitations).',
    '이 서버에서는 이메일 초대가 꺼져 있습니다(EnableEmailInvitations).',
  ],
  'api.team.invite_members.no_one.app_error': [400, 'Nobody was named to invite.', '초대할 사람이 없습니다.'],
  'api.team.invite_members.invalid_email.app_error': [
    400,
    'Addresses of this domain are not accepted in this team.',
    '이 팀에서는 이 도메인의 이메일 주소를 받지 않습니다.',
  ],
  'app.email.rate_limit_exceeded.app_error': [
    413,
    'Too many invitations at once. Try again after {RetryAfter} minutes.',
    '한꺼번에 너무 많은 초대를 보냈습니다. {RetryAfter}분 뒤에 다시 시도해 주세요.',
  ],
  'api.team.invite_guests_to_channels.disabled.error': [
    501,
    'Guest accounts are switched off on this server.',
    '이 서버에서는 게스트 계정이 꺼져 있습니다.',
  ],
  'api.team.invite_guests.channel_in_invalid_team.app_error': [
    400,
    'One of the channels is not a live channel of this team.',
    '이 팀에서 쓸 수 있는 채널이 아닌 것이 있습니다.',
  ],
  'model.guest.is_valid.emails.app_error': [400, 'Name at least one address.', '이메일 주소를 하나 이상 적어 주세요.'],
  'model.guest.is_valid.email.app_error': [
    400,
    'One of the addresses is not valid.',
    '올바르지 않은 이메일 주소가 있습니다.',
  ],
  'model.guest.is_valid.channels.app_error': [
    400,
    'Guests are invited to 1 to {Max} channels.',
    '게스트는 1~{Max}개의 채널에 초대할 수 있습니다.',
  ],
  'model.guest.is_valid.channel.app_error': [
    400,
    'One of the channels is not valid.',
    '올바르지 않은 채널이 있습니다.',
  ],
  'api.team.get_invite_info.not_open_team': [
    403,
    'Invitations of this team can be seen only by members.',
    '이 팀의 초대 정보는 구성원만 볼 수 있습니다.',
  ],
  'api.team.add_user_to_team_from_invite.guest.app_error': [
    403,
    'Guests cannot join a team by a link.',
    '게스트는 링크로 팀에 들어갈 수 없습니다.',
  ],
  'app.team.invite_token.group_constrained.error': [
    403,
    'This team takes only members of its groups; the invitation does not work.',
    '그룹 구성원만 들어올 수 있는 팀이므로 이 초대를 쓸 수 없습니다.',
  ],
  'api.user.create_user.invalid_invitation_type.app_error': [
    400,
    'This invitation is for another kind of account.',
    '다른 종류의 계정을 위한 초대입니다.',
  ],
})
