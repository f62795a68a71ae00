import { ensureTestCluster } from './database.ts'

/** Has the test database server running before the first test; with one from an earlier run this takes milliseconds. */
export default async function setup(): Promise<void> {
  await ensureTestCluster()
}
