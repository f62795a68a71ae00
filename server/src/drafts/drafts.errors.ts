import { declareErrors } from '../http/errors.ts'

export const draftError = declareErrors({
  'api.drafts.disabled.app_error': [
    501,
    'Drafts are not kept on this server.',
    '이 서버는 임시 저장 글을 보관하지 않습니다.',
  ],
  'api.draft.create_draft.can_not_draft_to_deleted.error': [
    400,
    'This channel is archived; nothing can be written here.',
    '보관된 채널에는 글을 쓸 수 없습니다.',
  ],
  'model.draft.is_valid.message_length.app_error': [
    400,
    'The message is longer than {MaxLength} characters.',
    '메시지가 {MaxLength}자를 넘습니다.',
  ],
  'model.draft.is_valid.root_id.app_error': [
    400,
    'The thread of this draft is not valid.',
    '임시 저장 글의 스레드가 올바르지 않습니다.',
  ],
  'model.draft.is_valid.props.app_error': [
    400,
    'The props of the draft are too large.',
    '임시 저장 글의 props가 너무 큽니다.',
  ],
  'model.draft.is_valid.file_ids.app_error': [
    400,
    'A post carries at most 10 files.',
    '게시글에는 파일을 10개까지 붙일 수 있습니다.',
  ],
  'model.draft.is_valid.priority.app_error': [
    400,
    'The priority of the draft is not valid.',
    '임시 저장 글의 중요도가 올바르지 않습니다.',
  ],
})
