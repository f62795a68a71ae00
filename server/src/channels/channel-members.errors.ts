import { declareErrors } from '../http/errors.ts'

export const memberError = declareErrors({
  'api.channel.add_user_to_channel.type.app_error': [
    400,
    'Nobody can be added to a direct or group message.',
    '개인 메시지와 그룹 메시지에는 사용자를 추가할 수 없습니다.',
  ],
  'api.channel.add_user_to_channel.deleted.app_error': [
    400,
    'The channel is archived: nobody can join it.',
    '보관된 채널에는 들어갈 수 없습니다.',
  ],
  'app.channel.add_member.deleted_user.app_error': [
    403,
    'A deactivated person cannot be added to a channel.',
    '비활성화된 사용자는 채널에 추가할 수 없습니다.',
  ],
  'api.channel.add_members.user_denied': [
    400,
    'This channel is managed by groups: people outside those groups cannot be added.',
    '그룹으로 관리되는 채널이므로 그룹에 속하지 않은 사용자는 추가할 수 없습니다.',
  ],
  'api.channel.remove_channel_member.type.app_error': [
    400,
    'Nobody can be removed from a direct or group message.',
    '개인 메시지와 그룹 메시지에서는 사용자를 내보낼 수 없습니다.',
  ],
  'api.channel.remove.default.app_error': [
    400,
    'Nobody can leave {Channel}: everyone of the team is in it.',
    '{Channel} 채널은 팀의 모든 구성원이 있는 곳이라 나갈 수 없습니다.',
  ],
  'api.channel.remove_user_from_channel.deleted.app_error': [400, 'The channel is archived.', '보관된 채널입니다.'],
  'api.channel.remove_member.group_constrained.app_error': [
    400,
    'The members of this channel are managed by groups.',
    '그룹으로 관리되는 채널의 구성원은 내보낼 수 없습니다.',
  ],
  'api.channel.update_channel_member_roles.scheme_role.app_error': [
    400,
    'The role {Role} belongs to another scheme and cannot be given here.',
    '{Role} 역할은 다른 스킴에 속해 있어 지정할 수 없습니다.',
  ],
  'api.channel.update_channel_member_roles.changing_guest_role.app_error': [
    400,
    'A guest cannot become a member here, nor a member a guest.',
    '여기에서는 게스트와 일반 구성원을 서로 바꿀 수 없습니다.',
  ],
  'api.channel.update_channel_member_roles.guest.app_error': [
    400,
    'A guest cannot be given this role.',
    '게스트에게는 이 역할을 줄 수 없습니다.',
  ],
  'api.channel.update_channel_member_roles.user_and_guest.app_error': [
    400,
    'Nobody can be a member and a guest at once.',
    '구성원이면서 동시에 게스트일 수는 없습니다.',
  ],
  'model.channel_member.is_valid.notify_level.app_error': [
    400,
    'The desktop notification level is not valid.',
    '데스크톱 알림 수준이 올바르지 않습니다.',
  ],
  'model.channel_member.is_valid.push_level.app_error': [
    400,
    'The push notification level is not valid.',
    '푸시 알림 수준이 올바르지 않습니다.',
  ],
  'model.channel_member.is_valid.unread_level.app_error': [
    400,
    'The setting for unread marks is not valid.',
    '읽지 않음 표시 설정이 올바르지 않습니다.',
  ],
  'model.channel_member.is_valid.email_value.app_error': [
    400,
    'The mail notification setting is not valid.',
    '메일 알림 설정이 올바르지 않습니다.',
  ],
  'model.channel_member.is_valid.ignore_channel_mentions_value.app_error': [
    400,
    'The setting for channel-wide mentions is not valid.',
    '채널 전체 멘션 설정이 올바르지 않습니다.',
  ],
  'model.channel_member.is_valid.channel_auto_follow_threads_value.app_error': [
    400,
    'The setting for following threads is not valid.',
    '스레드 자동 팔로우 설정이 올바르지 않습니다.',
  ],
  'model.channel_member.is_valid.notify_props.app_error': [
    400,
    'The notification settings are too long.',
    '알림 설정이 너무 깁니다.',
  ],
  'api.channel.update_channel_member_autotranslation.feature_not_available.app_error': [
    403,
    'Automatic translation is not available on this server.',
    '이 서버에서는 자동 번역을 사용할 수 없습니다.',
  ],
})
