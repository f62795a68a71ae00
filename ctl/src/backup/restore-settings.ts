import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Problem } from '../cli/problem.ts'
import { run as reconfigure } from '../commands/reconfigure.ts'
import { onDisk, type Context } from '../context.ts'
import { exists } from '../postgresql/programs.ts'
import { writeAtomically } from '../resources/write-atomically.ts'
import { contentOf, type Input } from './input.ts'
import { readTar } from './read-tar.ts'
import type { Progress } from './progress.ts'
import { verifyArchive } from './verify-archive.ts'

const MAX_TEXT = 4_000_000

/**
 * Writes settings and secrets of an archive to /etc/outpost and makes the machine what they say. What is there already
 * stays beside them. Answers whether reconfigure succeeded.
 */
export async function bringBackSettings(context: Context, input: Input, progress: Progress): Promise<boolean> {
  if (input.kind !== 'archive')
    throw new Problem(
      'Only an archive of outpost-ctl backup holds settings.',
      'Write the settings yourself, or unpack the archive of backup-etc, and leave --settings out.',
    )
  progress.begin(`Checking ${input.file}`, input.size)
  await verifyArchive(input, (bytes) => progress.advance(bytes))
  const texts = await readTexts(input)
  const main =
    ['settings/outpost.rb', 'settings/gitlab.rb'].find((name) => texts.has(name)) ?? texts.keys().find(isSettings)
  if (main === undefined) throw new Problem(`${input.file} holds no settings.`, 'Leave --settings out.')
  const { settingsFile, secretsFile } = context.paths
  await place(context, settingsFile, texts.get(main)!, progress)
  for (const [name, text] of texts)
    if (isSettings(name) && name !== main)
      await place(context, `${dirname(settingsFile)}/${basename(name)}`, text, progress)
  await place(context, secretsFile, texts.get('secrets/outpost-secrets.json') ?? Buffer.from('{}\n'), progress)
  return (await reconfigure(context, [])) === 0
}

const isSettings = (name: string): boolean => name.startsWith('settings/')

async function readTexts(input: Input): Promise<Map<string, Buffer>> {
  const texts = new Map<string, Buffer>()
  for await (const entry of readTar(
    contentOf(input, () => undefined),
    input.file,
  )) {
    if (entry.isFolder || entry.size > MAX_TEXT || !/^(settings|secrets)\//.test(entry.path)) continue
    const chunks: Buffer[] = []
    for await (const chunk of entry.content) chunks.push(Buffer.from(chunk))
    texts.set(entry.path, Buffer.concat(chunks))
  }
  return texts
}

async function place(context: Context, path: string, text: Buffer, progress: Progress): Promise<void> {
  const real = onDisk(context.paths, path)
  await mkdir(dirname(real), { recursive: true, mode: 0o755 })
  if (await exists(real)) await rename(real, `${real}.before-restore`)
  await writeAtomically(real, text, { uid: process.geteuid!(), gid: process.getegid!(), mode: 0o600 })
  progress.say(`Wrote ${real}`)
}
