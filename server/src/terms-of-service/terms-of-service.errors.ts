import { declareErrors } from '../http/errors.ts'

export const termsError = declareErrors({
  'app.terms_of_service.get.no_rows.app_error': [
    404,
    'This server has no terms of service.',
    '이 서버에는 이용 약관이 없습니다.',
  ],
  'app.user_terms_of_service.get_by_user.no_rows.app_error': [
    404,
    'No terms of service have been accepted.',
    '동의한 이용 약관이 없습니다.',
  ],
  'api.create_terms_of_service.empty_text.app_error': [
    400,
    'The terms of service need a text.',
    '이용 약관의 내용을 입력해 주세요.',
  ],
  'model.terms_of_service.is_valid.text.app_error': [
    400,
    'The terms of service have at most 16383 characters.',
    '이용 약관은 16383자까지 쓸 수 있습니다.',
  ],
})
