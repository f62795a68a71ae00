import { declareErrors } from '../http/errors.ts'

/** The errors of the sign-in page's picture. Ids and statuses are Mattermost's. */
export const brandError = declareErrors({
  'api.admin.upload_brand_image.no_file.app_error': [
    400,
    'The request holds no file named "image".',
    '요청에 "image" 파일이 없습니다.',
  ],
  'api.admin.upload_brand_image.too_large.app_error': [
    413,
    'The image is larger than this server accepts.',
    '이미지가 서버에서 허용하는 크기보다 큽니다.',
  ],
  'brand.save_brand_image.decode.app_error': [
    400,
    'The image could not be read. Use PNG or JPEG.',
    '이미지를 읽을 수 없습니다. PNG나 JPEG 형식을 사용해 주세요.',
  ],
  'brand.save_brand_image.check_image_limits.app_error': [
    400,
    'The image has more pixels than this server accepts.',
    '이미지 해상도가 서버 제한을 넘습니다.',
  ],
  'api.admin.delete_brand_image.storage.not_found': [404, 'There is no brand image.', '브랜드 이미지가 없습니다.'],
})
