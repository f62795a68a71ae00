import { newId } from '../../server/src/ids.ts'
import type { Person } from '../../testkit/builders.ts'
import type { TestServer } from '../../testkit/server.ts'

/** Many posts of somebody, straight into the database, a millisecond apart, the last one now. Counted as the server counts. */
export async function writePosts(
  server: TestServer,
  channelId: string,
  author: Person,
  count: number,
  textOf: (at: number) => string,
): Promise<string[]> {
  const { db } = server.app
  const found = db.selectFrom('channels').select('lastpostat').where('id', '=', channelId)
  const { lastpostat } = await found.executeTakeFirstOrThrow()
  const first = Math.max(Date.now() - count, (lastpostat ?? 0) + 1)
  const rows = Array.from({ length: count }, (_, at) => {
    const time = first + at
    return {
      id: newId(),
      createat: time,
      updateat: time,
      deleteat: 0,
      userid: author.id,
      channelid: channelId,
      rootid: '',
      originalid: '',
      message: textOf(at),
      type: '',
      props: {},
      hashtags: '',
      filenames: '[]',
      fileids: '[]',
      hasreactions: false,
      editat: 0,
      ispinned: false,
      remoteid: '',
    }
  })
  for (let at = 0; at < rows.length; at += 500) {
    await db
      .insertInto('posts')
      .values(rows.slice(at, at + 500))
      .execute()
  }
  await db
    .updateTable('channels')
    .set((eb) => ({
      totalmsgcount: eb('totalmsgcount', '+', count),
      totalmsgcountroot: eb('totalmsgcountroot', '+', count),
      lastpostat: first + count - 1,
      lastrootpostat: first + count - 1,
    }))
    .where('id', '=', channelId)
    .execute()
  return rows.map((row) => row.id)
}
