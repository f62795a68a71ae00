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
})
