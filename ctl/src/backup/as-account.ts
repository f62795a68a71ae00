import type { Numbers } from '../resources/run-as.ts'

/**
 * Does work on the disk with the rights of another account, so that nothing which this account laid out (links in its
 * folders) can lead root astray; what is made belongs to it. The whole process changes meanwhile: nothing else may run.
 */
export async function asAccount<T>({ uid, gid }: Numbers, work: () => Promise<T>): Promise<T> {
  if (uid === undefined || gid === undefined || process.geteuid!() !== 0) return work()
  const groups = process.getgroups!()
  const [ownGid, umask] = [process.getegid!(), process.umask(0o022)]
  process.setgroups!([gid])
  process.setegid!(gid)
  process.seteuid!(uid)
  try {
    return await work()
  } finally {
    process.seteuid!(0)
    process.setegid!(ownGid)
    process.setgroups!(groups)
    process.umask(umask)
  }
}
