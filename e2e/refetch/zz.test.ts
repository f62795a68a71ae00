import { test } from 'vitest'
import { fetchState } from '../../testkit/fetch-state.ts'
import { Client } from '../../testkit/client.ts'
import { startWorld } from './world.ts'
test('time', async () => {
  const w = await startWorld()
  let n = 0
  const call = Client.prototype.call
  Client.prototype.call = function (this: any, ...a: any) { n++; return (call as any).apply(this, a) } as any
  for (let i = 0; i < 5; i++) await fetchState(w.server, w.anna)
  n = 0
  const t = performance.now(), c = process.cpuUsage()
  for (let i = 0; i < 20; i++) await fetchState(w.server, w.anna)
  const u = process.cpuUsage(c)
  console.log('per fetch', (performance.now() - t) / 20, 'cpu', (u.user + u.system) / 20000, 'requests', n / 20)
  await w.stop()
})
