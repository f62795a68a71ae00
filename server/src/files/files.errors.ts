import { declareErrors } from '../http/errors.ts'

/** The errors of storing and sending files. Ids and statuses are Mattermost's. */
export const fileError = declareErrors({
  'api.file.attachments.disabled.app_error': [
    403,
    'Files cannot be uploaded on this server.',
    '이 서버에서는 파일을 올릴 수 없습니다.',
  ],
  'api.file.upload_file.read_request.app_error': [
    400,
    'The upload could not be read: it is malformed or was broken off.',
    '업로드를 읽을 수 없습니다. 형식이 잘못되었거나 전송이 중단되었습니다.',
  ],
  'api.file.upload_file.multiple_channel_ids.app_error': [
    400,
    'All files of an upload must be for the same channel.',
    '한 번에 올리는 파일은 모두 같은 채널이어야 합니다.',
  ],
  'api.file.upload_file.incorrect_number_of_client_ids.app_error': [
    400,
    'There must be one client id for each file: {NumFiles} files, {NumClientIds} client ids.',
    '파일마다 클라이언트 ID가 하나씩 필요합니다. 파일 {NumFiles}개, 클라이언트 ID {NumClientIds}개입니다.',
  ],
  'app.file_info.get.app_error': [404, 'There is no such file.', '그런 파일이 없습니다.'],
  'api.file.read_file.reading_local.app_error': [
    404,
    'The content of this file is missing. Ask an administrator.',
    '파일 내용을 찾을 수 없습니다. 관리자에게 문의해 주세요.',
  ],
  'api.file.get_file_preview.no_preview.app_error': [
    400,
    'This file has no preview image.',
    '이 파일에는 미리보기 이미지가 없습니다.',
  ],
  'api.file.get_file_thumbnail.no_thumbnail.app_error': [
    400,
    'This file has no thumbnail.',
    '이 파일에는 썸네일이 없습니다.',
  ],
  'api.file.get_public_link.disabled.app_error': [
    403,
    'Public links are disabled on this server.',
    '이 서버에서는 공개 링크를 사용할 수 없습니다.',
  ],
  'api.file.get_public_link.no_post.app_error': [
    400,
    'A public link needs a file that is attached to a post.',
    '게시글에 첨부된 파일만 공개 링크를 만들 수 있습니다.',
  ],
  'api.file.get_file.public_invalid.app_error': [
    400,
    'This public link is not valid.',
    '공개 링크가 올바르지 않습니다.',
  ],
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
    'The file could not be stored. Try again later, or ask an administrator to check the file storage.',
    '파일을 저장하지 못했습니다. 나중에 다시 시도하거나 관리자에게 파일 저장소 확인을 요청해 주세요.',
  ],
  'api.file.file_reader.app_error': [
    500,
    'The file cannot be read at the moment. Try again later, or ask an administrator to check the file storage.',
    '지금은 파일을 읽을 수 없습니다. 나중에 다시 시도하거나 관리자에게 파일 저장소 확인을 요청해 주세요.',
  ],
  'app.upload.get.app_error': [404, 'There is no such upload.', '그런 업로드가 없습니다.'],
  'api.upload.create.upload_too_large.app_error': [
    413,
    'The file is larger than this server accepts.',
    '파일이 서버에서 허용하는 크기보다 큽니다.',
  ],
  'app.upload.create.cannot_upload_to_deleted_channel.app_error': [
    400,
    'This channel is archived; nothing can be uploaded here.',
    '보관된 채널에는 파일을 올릴 수 없습니다.',
  ],
  'model.upload_session.is_valid.file_size.app_error': [
    400,
    'The size of the file must be more than 0.',
    '파일 크기는 0보다 커야 합니다.',
  ],
  'model.upload_session.is_valid.filename.app_error': [400, 'The file needs a name.', '파일 이름이 필요합니다.'],
  'model.upload_session.is_valid.type.app_error': [
    400,
    'Uploads of this type cannot be made.',
    '이 유형의 업로드는 만들 수 없습니다.',
  ],
  'api.upload.upload_data.multipart_error': [400, 'The request holds no file.', '요청에 파일이 없습니다.'],
  'api.user.get_uploads_for_user.forbidden.app_error': [
    403,
    'Only your own uploads can be listed.',
    '자신의 업로드만 볼 수 있습니다.',
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
