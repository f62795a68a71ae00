import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fillDefaults } from '../../config/normalise.ts'
import { S3Client } from './s3-client.ts'
import { credentialSource } from './s3-credentials.ts'
import { s3Settings } from './s3-settings.ts'

let service: Server
let metadata: string
let asked: string[]
let expiresIn: number

/** Plays the services of a cloud that hand out credentials (IMDSv2 and that of containers). */
function answerTo({ method, url, headers }: IncomingMessage): [status: number, text: string] {
  const role = '/latest/meta-data/iam/security-credentials/'
  const Expiration = new Date(Date.now() + expiresIn).toISOString()
  const keys = JSON.stringify({ AccessKeyId: 'A', SecretAccessKey: 'B', Token: `T${asked.length}`, Expiration })
  if (method === 'PUT' && url === '/latest/api/token') return [200, 'pass']
  if (url === '/container') return headers.authorization === 'secret' ? [200, keys] : [403, '']
  if (headers['x-aws-ec2-metadata-token'] !== 'pass') return [401, '']
  if (url === role) return [200, 'chat role\n']
  return url === `${role}chat%20role` ? [200, keys] : [404, '']
}

beforeEach(async () => {
  asked = []
  expiresIn = 60 * 60_000
  service = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const [status, text] = answerTo(request)
    response.writeHead(status).end(text)
  })
  await new Promise<void>((done) => service.listen(0, '127.0.0.1', done))
  metadata = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
})
afterEach(() => new Promise((done) => service.close(done)))

test('the role of the machine signs, and is asked again shortly before it expires', async () => {
  const source = credentialSource(undefined, { env: {}, allowedInternal: '', metadata })
  expect(await source()).toEqual({ accessKeyId: 'A', secretAccessKey: 'B', sessionToken: 'T3' })
  await source()
  expect(asked).toHaveLength(3)
  expiresIn = 60_000
  const soonOver = credentialSource(undefined, { env: {}, allowedInternal: '', metadata })
  await soonOver()
  expect((await soonOver()).sessionToken).toBe('T9')
})

test('the service of a container goes before the role; the environment before both; the settings before all', async () => {
  const container = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${metadata}/container` }
  const env = { ...container, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'secret' }
  expect(await credentialSource(undefined, { env, allowedInternal: '', metadata })()).toMatchObject({
    sessionToken: 'T1',
  })
  const refused = credentialSource(undefined, { env: container, allowedInternal: '', metadata })
  await expect(refused()).rejects.toMatchObject({ code: 'settings', message: /answered 403/ })
  const both = { ...env, AWS_ACCESS_KEY_ID: 'E', AWS_SECRET_ACCESS_KEY: 'F' }
  expect(await credentialSource(undefined, { env: both, allowedInternal: '' })()).toEqual({
    accessKeyId: 'E',
    secretAccessKey: 'F',
  })
  const key = { accessKeyId: 'K', secretAccessKey: 'L' }
  expect(await credentialSource(key, { env: both, allowedInternal: '' })()).toBe(key)
})

test('link-local services are asked only when the administrator allowed it', async () => {
  await expect(credentialSource(undefined, { env: {}, allowedInternal: '' })()).rejects.toMatchObject({
    code: 'settings',
    message: /There is no key for S3.*AllowedUntrustedInternalConnections.*not a public address/,
  })
})

test('Amazon is addressed by region, with the bucket as part of the host where its certificate allows it', () => {
  const { FileSettings } = fillDefaults({}, { existing: true })
  const url = (bucket: string, region = '', endpoint = FileSettings.AmazonS3Endpoint) => {
    const given = { AmazonS3Bucket: bucket, AmazonS3Region: region, AmazonS3Endpoint: endpoint }
    return new S3Client(s3Settings({ ...FileSettings, ...given }), {} as never).url('a b/c+d', { prefix: 'x y' }).href
  }
  const rest = 'a%20b/c%2Bd?prefix=x%20y'
  expect(url('chat')).toBe(`https://chat.s3.us-east-1.amazonaws.com/${rest}`)
  expect(url('chat', 'ap-northeast-2')).toBe(`https://chat.s3.ap-northeast-2.amazonaws.com/${rest}`)
  expect(url('chat.example.com', 'eu-west-1')).toBe(`https://s3.eu-west-1.amazonaws.com/chat.example.com/${rest}`)
  expect(url('chat', '', 's3.cn-north-1.amazonaws.com.cn')).toBe(`https://chat.s3.cn-north-1.amazonaws.com.cn/${rest}`)
  expect(url('chat', '', 'minio:9000')).toBe(`https://minio:9000/chat/${rest}`)
  expect(url('chat', '', '[::1]:9000')).toBe(`https://[::1]:9000/chat/${rest}`)
})
