import { declareErrors } from '../http/errors.ts'

/** Errors of reading, changing and marking posts that exist; those of making one are in posts.errors.ts. */
export const postChangeError = declareErrors({
  'api.user.view_archived_channels.get_posts_for_channel.app_error': [
    403,
    'Archived channels cannot be read on this server.',
    '이 서버에서는 보관된 채널을 볼 수 없습니다.',
  ],
  'api.post.posts_by_ids.invalid_body.request_error': [
    400,
    'At most {MaxLength} posts can be asked for at once.',
    '한 번에 게시글을 {MaxLength}개까지만 요청할 수 있습니다.',
  ],
  'api.post.update_post.can_not_update_post_in_deleted.error': [
    400,
    'This channel is archived; its posts cannot be changed.',
    '보관된 채널의 게시글은 바꿀 수 없습니다.',
  ],
  'api.post.update_post.system_message.app_error': [
    400,
    'Messages of the system cannot be changed.',
    '시스템 메시지는 바꿀 수 없습니다.',
  ],
  'api.post.update_post.permissions_time_limit.app_error': [
    400,
    'Posts can be edited for {timeLimit} seconds only.',
    '게시글은 올린 뒤 {timeLimit}초 동안만 수정할 수 있습니다.',
  ],
  'api.post.delete_post.can_not_delete_post_in_deleted.error': [
    400,
    'This channel is archived; its posts cannot be deleted.',
    '보관된 채널의 게시글은 삭제할 수 없습니다.',
  ],
  'api.post.delete_post.not_enabled.app_error': [
    501,
    'Deleting posts for good is switched off (ServiceSettings.EnableAPIPostDeletion).',
    '게시글 영구 삭제가 꺼져 있습니다(ServiceSettings.EnableAPIPostDeletion).',
  ],
  'app.post.restore_post_version.not_an_history_item.app_error': [
    400,
    'This is not an earlier version of the post.',
    '이 게시글의 이전 버전이 아닙니다.',
  ],
  'api.post.move_thread.disabled.app_error': [
    501,
    'Moving threads is switched off on this server (FeatureFlags.MoveThreadsEnabled).',
    '이 서버에서는 스레드를 옮길 수 없습니다(FeatureFlags.MoveThreadsEnabled).',
  ],
  'api.post.move_thread.no_permission': [
    403,
    'You may not move this thread there.',
    '이 스레드를 그 채널로 옮길 권한이 없습니다.',
  ],
  'api.post.move_thread.too_many_posts': [
    400,
    'A thread of more than {Limit} posts cannot be moved.',
    '게시글이 {Limit}개를 넘는 스레드는 옮길 수 없습니다.',
  ],
  'api.acknowledgement.save.archived_channel.app_error': [
    403,
    'Posts of an archived channel cannot be acknowledged.',
    '보관된 채널의 게시글은 확인할 수 없습니다.',
  ],
  'api.acknowledgement.delete.archived_channel.app_error': [
    403,
    'Acknowledgements in an archived channel cannot be taken back.',
    '보관된 채널에서는 확인을 취소할 수 없습니다.',
  ],
  'api.acknowledgement.delete.deadline.app_error': [
    403,
    'An acknowledgement can be taken back within five minutes only.',
    '확인은 5분 안에만 취소할 수 있습니다.',
  ],
  'app.acknowledgement.get.app_error': [404, 'The post has not been acknowledged.', '아직 확인하지 않은 게시글입니다.'],
})
