import { declareErrors } from '../http/errors.ts'

export const postError = declareErrors({
  'app.post.get.app_error': [404, 'There is no such post.', '그런 게시글이 없습니다.'],
  'api.post.create_post.root_id.app_error': [
    400,
    'The post that you reply to is gone or stands in another channel.',
    '답글을 달 게시글이 없거나 다른 채널에 있습니다.',
  ],
  'api.post.create_post.can_not_post_to_deleted.error': [
    400,
    'This channel is archived; nothing can be posted here.',
    '보관된 채널에는 글을 올릴 수 없습니다.',
  ],
  'api.post.deduplicate_create_post.pending': [
    500,
    'The same post is just being sent.',
    '같은 게시글을 보내는 중입니다.',
  ],
  'model.post.is_valid.message_length.app_error': [
    400,
    'The message is too long: {Length} characters of at most {MaxLength}.',
    '메시지가 너무 깁니다. 최대 {MaxLength}자인데 {Length}자입니다.',
  ],
  'model.post.is_valid.type.app_error': [
    400,
    'Posts of this type cannot be made.',
    '이 유형의 게시글은 만들 수 없습니다.',
  ],
  'model.post.is_valid.props.app_error': [400, 'The props of the post are too large.', '게시글 props가 너무 큽니다.'],
  'model.post.is_valid.file_ids.app_error': [
    400,
    'A post carries at most 10 files.',
    '게시글에는 파일을 10개까지 붙일 수 있습니다.',
  ],
  'api.post.post_priority.priority_post_only_allowed_for_root_post.request_error': [
    400,
    'Only a post that starts a thread can have a priority.',
    '우선순위는 답글이 아닌 글에만 지정할 수 있습니다.',
  ],
  'api.post.post_priority.urgent_persistent_notification_post.request_error': [
    400,
    'Only urgent posts can repeat their notification.',
    '긴급 글만 알림을 반복할 수 있습니다.',
  ],
  'api.post.post_priority.priority_post_not_allowed_for_user.request_error': [
    403,
    'You may not send posts that repeat their notification.',
    '알림을 반복하는 글을 보낼 권한이 없습니다.',
  ],
  'api.post.post_priority.min_recipients_persistent_notification_post.request_error': [
    400,
    'A post that repeats its notification must mention at least one person.',
    '알림을 반복하는 글은 한 명 이상을 멘션해야 합니다.',
  ],
  'api.post.post_priority.max_recipients_persistent_notification_post.request_error': [
    400,
    'A post that repeats its notification may mention at most {MaxRecipients} people.',
    '알림을 반복하는 글은 최대 {MaxRecipients}명까지 멘션할 수 있습니다.',
  ],
})
