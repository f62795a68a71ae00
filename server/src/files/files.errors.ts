import { declareErrors } from '../http/errors.ts'

/** The errors of storing and sending files. Ids and statuses are Mattermost's. */
export const fileError = declareErrors({
  'api.file.upload_file.too_large_detailed.app_error': [
    413,
    'The file {Filename} is larger than the limit of {Limit} bytes. Send a smaller file.',
    '파일 {Filename}이(가) 허용 크기 {Limit}바이트를 넘습니다. 더 작은 파일을 보내 주세요.',
  ],
  'api.file.upload_file.large_image_detailed.app_error': [
    400,
    'The image {Filename} has more pixels than this server accepts ({Width} x {Height}). Make it smaller first.',
    '이미지 {Filename}의 해상도({Width} x {Height})가 서버 제한을 넘습니다. 크기를 줄여 주세요.',
  ],
  'api.file.write_file.app_error': [
    500,
    'The file could not be stored. Ask an administrator to check the disk.',
    '파일을 저장하지 못했습니다. 관리자에게 저장 공간 확인을 요청해 주세요.',
  ],
  'api.upload.upload_data.invalid_content_length': [
    400,
    'More data was sent than this upload announced.',
    '업로드를 시작할 때 알린 크기보다 많은 데이터를 보냈습니다.',
  ],
  'app.upload.upload_data.first_part_too_small.app_error': [
    400,
    'The first part of an upload must be at least {Size} bytes or the whole file.',
    '업로드의 첫 부분은 {Size}바이트 이상이거나 파일 전체여야 합니다.',
  ],
  'app.upload.upload_data.concurrent.app_error': [
    400,
    'This upload moved on in the meantime. Ask for its current offset and continue from there.',
    '그사이 업로드가 진행되었습니다. 현재 위치를 다시 확인한 뒤 이어서 보내 주세요.',
  ],
})
