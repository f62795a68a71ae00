import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { create } from 'tar'
import { recognise } from '../backup/input.ts'
import { CONFIG, DATA_FOLDERS } from '../backup/manifest.ts'
import { Problem } from '../cli/problem.ts'
import type { Context } from '../context.ts'
import type { AdoptOptions } from './plan.ts'
import { savedFolder } from './saved.ts'

type Named = Pick<AdoptOptions, 'dump' | 'data'>

/** Throws a Problem for named files that could not be restored from, before anything is changed. */
export async function demandInputs({ dump, data }: Named): Promise<void> {
  if (dump !== undefined && !(await look(dump)).kind.endsWith('dump'))
    throw new Problem(`${dump} is no dump of a database.`, '--database names what pg_dump wrote; files go to --files.')
  if (data === undefined) return
  if ((await stat(data).catch(() => undefined))?.isDirectory()) await partsOf(data)
  else if ((await look(data)).kind !== 'data')
    throw new Problem(`${data} is no tar file of the chat's files.`, `Name a folder that holds ${DATA_FOLDERS[0]}.`)
}

const look = (file: string): ReturnType<typeof recognise> =>
  recognise(file).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Problem(`${file} does not exist.`, 'Name a file that is there.') : error
  })

/** What a copy of the chat's home holds of what is moved. */
async function partsOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => [...DATA_FOLDERS, CONFIG].includes(name))
  if (names.includes(DATA_FOLDERS[0])) return names
  throw new Problem(
    `${folder} holds no folder ${DATA_FOLDERS[0]}.`,
    'Name a copy of /var/opt/gitlab/mattermost, or the data file of the guide.',
  )
}

/** Does work with the files that a restore is made from; a folder becomes an archive for that time. */
export async function withInputs<T>(
  context: Context,
  { dump, data }: Named,
  work: (files: string[]) => Promise<T>,
): Promise<T> {
  const files = dump === undefined ? [] : [resolve(dump)]
  if (data === undefined) return work(files)
  if (!(await stat(data)).isDirectory()) return work([...files, resolve(data)])
  const folder = savedFolder(context)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const archive = join(folder, 'files.tar')
  await create({ cwd: data, file: `${archive}.new`, portable: true, mode: 0o600 }, await partsOf(data))
  await rename(`${archive}.new`, archive)
  try {
    return await work([...files, archive])
  } finally {
    await rm(archive, { force: true })
  }
}
