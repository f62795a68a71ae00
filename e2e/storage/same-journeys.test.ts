import { afterAll, describe } from 'vitest'

// The tests of everything that keeps files, once more with the files in S3.
process.env.OUTPOST_TEST_FILES = 'amazons3'
afterAll(() => delete process.env.OUTPOST_TEST_FILES)

describe('what a driver promises', async () => void (await import('../../server/src/files/file-store.test.ts')))
describe('the writer of uploads', async () => void (await import('../../server/src/files/upload-writer.test.ts')))
describe('files', async () => void (await import('../../server/src/files/files.api.test.ts')))
describe('resumable uploads', async () => void (await import('../../server/src/uploads/uploads.api.test.ts')))
describe('emoji', async () => void (await import('../../server/src/emoji/emoji.api.test.ts')))
describe('profile pictures', async () => void (await import('../../server/src/users/profile-image.api.test.ts')))
describe('the sign-in picture', async () => void (await import('../../server/src/system/brand.api.test.ts')))
