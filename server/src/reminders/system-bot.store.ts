import type { Queries } from '../database/pool.ts'

/** The id of the bot of that name, or null if nobody or a person has it. */
export async function findBotByName(db: Queries, username: string): Promise<string | null> {
  const row = await db
    .selectFrom('users')
    .innerJoin('bots', 'bots.userid', 'users.id')
    .select('users.id')
    .where('users.username', '=', username)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Makes a bot of the system with its user. False when the name is taken. */
export async function insertBot(db: Queries, id: string, username: string, now: number): Promise<boolean> {
  const user = await db
    .insertInto('users')
    .values({
      id,
      username,
      createat: now,
      updateat: now,
      deleteat: 0,
      password: '',
      authdata: null,
      authservice: '',
      email: `${username}@localhost`,
      emailverified: true,
      nickname: '',
      firstname: 'System',
      lastname: '',
      position: '',
      roles: 'system_user',
      allowmarketing: false,
      props: '{}',
      notifyprops: '{}',
      lastpasswordupdate: now,
      lastpictureupdate: 0,
      failedattempts: 0,
      locale: 'en',
      timezone: '{}',
      mfaactive: false,
      mfasecret: '',
      lastlogin: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('users.id')
    .executeTakeFirst()
  if (!user) return false
  const times = { createat: now, updateat: now, deleteat: 0, lasticonupdate: 0 }
  await db
    .insertInto('bots')
    .values({ userid: id, description: '', ownerid: id, ...times })
    .execute()
  return true
}
