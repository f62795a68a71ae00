import { declareErrors } from '../../http/errors.ts'

export const actionError = declareErrors({
  'api.post.do_action.action_id.app_error': [
    404,
    'This post has no such button or menu.',
    '이 게시글에 그런 버튼이나 메뉴가 없습니다.',
  ],
  'api.post.do_action.action_integration.app_error': [
    400,
    'The integration behind this button did not answer as it should.',
    '이 버튼에 연결된 서비스가 올바르게 응답하지 않았습니다.',
  ],
  'interactive_message.generate_trigger_id.signing_failed': [
    500,
    'The click could not be signed.',
    '클릭에 서명하지 못했습니다.',
  ],
  'interactive_message.decode_trigger_id.base64_decode_failed': [
    400,
    'The trigger id is not Base64.',
    '트리거 ID가 Base64 형식이 아닙니다.',
  ],
  'interactive_message.decode_trigger_id.missing_data': [
    400,
    'The trigger id is incomplete.',
    '트리거 ID에 빠진 내용이 있습니다.',
  ],
  'interactive_message.decode_trigger_id.expired': [
    400,
    'The trigger id is older than {Seconds} seconds.',
    '트리거 ID의 유효 시간 {Seconds}초가 지났습니다.',
  ],
  'interactive_message.decode_trigger_id.verify_signature_failed': [
    400,
    'The trigger id was not made by this server.',
    '이 서버가 만든 트리거 ID가 아닙니다.',
  ],
})
