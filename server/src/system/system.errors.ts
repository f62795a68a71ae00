import { declareErrors } from '../http/errors.ts'

/** The errors of the system's own pages and tests. Ids and statuses are Mattermost's. */
export const systemError = declareErrors({
  'api.config.update_config.clear_siteurl.app_error': [
    400,
    'The site URL cannot be removed once it is set. Give the address that people use.',
    '설정된 사이트 URL은 지울 수 없습니다. 사용자가 접속하는 주소를 입력해 주세요.',
  ],
  'api.config.update_config.not_allowed_security.app_error': [
    403,
    '{Name} cannot be changed through the API. Change it in the configuration file.',
    '{Name} 설정은 API로 바꿀 수 없습니다. 설정 파일에서 변경해 주세요.',
  ],
  'api.config.migrate_config.app_error': [
    400,
    'The configuration could not be copied: {Reason}',
    '설정을 복사하지 못했습니다: {Reason}',
  ],
  'api.license.client.old_format.app_error': [
    400,
    'The parameter format is missing; the only value is "old".',
    'format 값이 없습니다. 사용할 수 있는 값은 "old"뿐입니다.',
  ],
  'api.license.add_license.invalid.app_error': [
    400,
    'This server needs no licence: every feature is already there.',
    '이 서버는 라이선스가 필요 없습니다. 모든 기능을 바로 사용할 수 있습니다.',
  ],
  'api.license.request-trial.can-start-trial.not-allowed': [
    400,
    'There is nothing to try: every feature is already there.',
    '모든 기능을 이미 사용할 수 있어 평가판이 필요하지 않습니다.',
  ],
  'api.upgrade_to_enterprise.already-enterprise.app_error': [
    403,
    'There is no larger edition of this server: every feature is already there.',
    '이 서버에는 상위 에디션이 없습니다. 모든 기능을 이미 사용할 수 있습니다.',
  ],
  'api.push_notification.disabled.app_error': [
    501,
    'Push notifications are switched off on this server.',
    '이 서버는 푸시 알림을 사용하지 않습니다.',
  ],
  'app.admin.test_site_url.failure': [
    400,
    'The server did not find itself at this address. Check the site URL and the proxy in front of the server.',
    '이 주소에서 서버를 찾지 못했습니다. 사이트 URL과 앞단 프록시를 확인해 주세요.',
  ],
  'api.file.test_connection.app_error': [
    500,
    'The file storage does not work: {Reason}',
    '파일 저장소를 사용할 수 없습니다: {Reason}',
  ],
  'api.file.test_connection_s3_auth.app_error': [
    500,
    'S3 does not let this account in: {Reason}. Check the keys, the rights of their account, and the clock of this machine.',
    'S3에서 접근을 거부했습니다: {Reason}. 키와 계정 권한, 이 서버의 시각을 확인해 주세요.',
  ],
  'api.file.test_connection_s3_bucket_does_not_exist.app_error': [
    500,
    'The bucket does not exist. Correct its name, or make it; the server makes it too when it starts with these settings.',
    '버킷이 없습니다. 이름을 고치거나 버킷을 만들어 주세요. 이 설정으로 서버를 시작하면 자동으로 만들어집니다.',
  ],
  'api.admin.test_s3.missing_s3_bucket': [
    400,
    'The name of the bucket is missing: set FileSettings.AmazonS3Bucket.',
    '버킷 이름이 없습니다. FileSettings.AmazonS3Bucket을 설정해 주세요.',
  ],
  'api.ldap_groups.license_error': [
    501,
    'LDAP is not available on this server.',
    '이 서버에서는 LDAP을 사용할 수 없습니다.',
  ],
  'api.admin.file_read_error': [
    500,
    'The log cannot be read. Check that LogSettings.EnableFile is on and that the file may be read.',
    '로그를 읽을 수 없습니다. LogSettings.EnableFile이 켜져 있는지, 파일을 읽을 수 있는지 확인해 주세요.',
  ],
  'api.admin.test_email.missing_server': [
    400,
    'There is no mail server to test. Set EmailSettings.SMTPServer.',
    '시험할 메일 서버가 없습니다. EmailSettings.SMTPServer를 설정해 주세요.',
  ],
  'api.admin.test_email.reenter_password': [
    400,
    'The stored password is only used with the mail server and user it was stored for. Enter the password again.',
    '저장된 비밀번호는 저장할 때의 메일 서버와 사용자에게만 쓰입니다. 비밀번호를 다시 입력해 주세요.',
  ],
  'api.file.test_connection_email_settings_nil.app_error': [
    400,
    'The configuration to test has no section EmailSettings.',
    '시험할 설정에 EmailSettings 항목이 없습니다.',
  ],
  'app.admin.test_email.failure': [
    500,
    'The test mail was not sent. {Error}',
    '시험 메일을 보내지 못했습니다. {Error}',
  ],
  'api.image.get.app_error': [
    400,
    'This picture cannot be loaded through the server.',
    '서버를 통해 이 이미지를 불러올 수 없습니다.',
  ],
})
