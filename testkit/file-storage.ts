import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { ConfigPatch } from '../server/src/config/config-store.ts'
import { fillDefaults } from '../server/src/config/normalise.ts'
import type { FileStore } from '../server/src/files/file-store.ts'
import { openLocalFileStore } from '../server/src/files/local-file-store.ts'
import { openS3FileStore } from '../server/src/files/s3/s3-file-store.ts'
import { S3Server } from './s3/server.ts'

type S3Patch = NonNullable<ConfigPatch['FileSettings']>

/** Set to `amazons3`, the tests that ask here keep their files in S3: the same journeys, another driver. */
const driver = () => process.env.OUTPOST_TEST_FILES ?? 'local'

/** FileSettings for a bucket of this S3. */
export function s3Patch({ signer }: S3Server, endpoint: string, bucket: string): S3Patch {
  return {
    DriverName: 'amazons3',
    AmazonS3AccessKeyId: signer.accessKeyId,
    AmazonS3SecretAccessKey: signer.secretAccessKey,
    AmazonS3Bucket: bucket,
    AmazonS3Endpoint: endpoint,
    AmazonS3SSL: false,
  }
}

/** A store of the driver itself on this S3. */
export function openTestS3(patch: S3Patch, env: NodeJS.ProcessEnv = {}) {
  const settings = { ...fillDefaults({}, { existing: true }).FileSettings, ...patch }
  return openS3FileStore(settings, { allowedInternal: '', insecureTls: false, env, trace: () => undefined })
}

/** A file store of the driver under test, and what lies in it: whole files, parts and leftovers, by their last names. */
export interface TestStore {
  readonly store: FileStore
  names(): Promise<string[]>
  stop(): Promise<void>
}

/** An empty file store of the driver under test. */
export async function openTestStore(): Promise<TestStore> {
  if (driver() === 'local') return openTestFolder()
  const server = new S3Server('files')
  const store = openTestS3({ ...s3Patch(server, await server.listen(), 'files'), AmazonS3PathPrefix: 'some/prefix' })
  const names = () => [...server.keys('files'), ...[...server.uploads.values()].map(({ key }) => `unfinished ${key}`)]
  return {
    store,
    names: () => Promise.resolve(names().map((key) => basename(key))),
    stop: async () => {
      store.close()
      await server.close()
    },
  }
}

async function openTestFolder(): Promise<TestStore> {
  const root = await mkdtemp(join(tmpdir(), 'files-'))
  return {
    store: await openLocalFileStore(root),
    names: async () => {
      const entries = await readdir(root, { recursive: true, withFileTypes: true })
      return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
    },
    stop: () => rm(root, { recursive: true, force: true }),
  }
}

/** What a whole server under test is configured with, and the S3 it then uses. */
export async function testServerFiles(): Promise<{ patch: S3Patch; stop: () => Promise<void> }> {
  if (driver() === 'local') return { patch: {}, stop: () => Promise.resolve() }
  const server = new S3Server('files')
  return { patch: s3Patch(server, await server.listen(), 'files'), stop: () => server.close() }
}
