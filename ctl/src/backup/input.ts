import { spawn } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Header } from 'tar'
import { Problem } from '../cli/problem.ts'
import { findProgram, type DatabaseAccess } from './database-access.ts'
import { HEAD } from './manifest.ts'
import { damaged } from './read-tar.ts'

/** A file to restore from: our own archive, or one of the two of the guide. */
export interface Input {
  readonly kind: 'archive' | 'data' | 'dump' | 'custom dump'
  readonly file: string
  readonly isPacked: boolean
  /** bytes of the file */
  readonly size: number
}

/** Looks into a file to see what it is; its name does not matter. Throws a Problem for anything else. */
export async function recognise(file: string): Promise<Input> {
  const found = await stat(file)
  if (!found.isFile()) throw new Problem(`${file} is not a file.`, 'Name an archive, or a dump and its data file.')
  const isPacked = (await firstBytes(createReadStream(file, { end: 1 }), 2)).equals(Buffer.from([0x1f, 0x8b]))
  const begin = await firstBytes(read(file, isPacked), 4096)
  const kind = kindOf(begin)
  if (kind !== undefined) return { kind, file, isPacked, size: found.size }
  throw new Problem(
    `${file} is neither an archive of outpost-ctl backup nor a dump of PostgreSQL nor a tar file.`,
    'pg_dump has to write plain SQL or its custom format (-Fc). Files of another program cannot be read.',
  )
}

function kindOf(begin: Buffer): Input['kind'] | undefined {
  if (begin.subarray(0, 5).toString('latin1') === 'PGDMP') return 'custom dump'
  if (begin.length >= 512) {
    const header = new Header(begin.subarray(0, 512), 0)
    if (header.cksumValid) return header.path === HEAD ? 'archive' : header.path === 'toc.dat' ? undefined : 'data'
  }
  const text = begin.toString('latin1')
  return !text.includes('\0') && /^(--|SET |CREATE |BEGIN|\\restrict|\s*\/\*)/m.test(text) ? 'dump' : undefined
}

async function firstBytes(stream: Readable, size: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= size) break
    }
  } catch {
    // What could be unpacked tells what it is; reading it all will name the damage.
  }
  return Buffer.concat(chunks).subarray(0, size)
}

function read(file: string, isPacked: boolean, onBytes?: (bytes: number) => void): Readable {
  const source = createReadStream(file, { highWaterMark: 1 << 18 })
  if (onBytes) source.on('data', (chunk) => onBytes(chunk.length))
  return isPacked ? pipeline(source, createGunzip(), () => undefined) : source
}

/** The unpacked content. A damaged packing is a Problem that names the file. `onBytes` hears of bytes of the file. */
export async function* contentOf(input: Input, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  try {
    yield* read(input.file, input.isPacked, onBytes) as AsyncIterable<Buffer>
  } catch (error) {
    throw unpackProblem(error, input.file)
  }
}

/** Makes a Problem of zlib's words. */
export function unpackProblem(error: unknown, name: string): unknown {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code === 'Z_BUF_ERROR') return damaged(name, 'it is cut off')
  return code.startsWith('Z_') ? damaged(name, 'its packing is damaged (gzip -t says more)') : error
}

/** A dump as plain SQL, whatever format it has. */
export async function* sqlOf(
  input: Input,
  access: DatabaseAccess,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  if (input.kind !== 'custom dump') return yield* contentOf(input, onBytes)
  const program = await findProgram(access, 'pg_restore')
  const handle = await open(input.file, 'r')
  // Read as the service's account: the format is another program's, and the file may be anybody's.
  const child = spawn(program, ['--no-owner', '--no-privileges', '-f', '-'], {
    ...access.service.numbers,
    cwd: '/',
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8' },
    stdio: [input.isPacked ? 'pipe' : handle.fd, 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)))
  const ended = new Promise<number>((done) => child.once('close', (code) => done(code ?? 1)))
  if (child.stdin) pipeline(read(input.file, true, onBytes), child.stdin, () => undefined)
  try {
    yield* child.stdout as AsyncIterable<Buffer>
    if ((await ended) !== 0)
      throw damaged(input.file, `pg_restore says: ${said.trim().split('\n').slice(-2).join(' ')}`)
  } finally {
    child.kill()
    await handle.close()
  }
}
