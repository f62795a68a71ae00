import { command, exactly, group, string, uint } from '../cli/declare.ts'

const busy = () => import('../commands/system/busy.ts')
const state = () => import('../commands/system/state.ts')

const none = { count: exactly(0), single: true }

/** The server as a whole. */
export const system = group('system', 'State of the server', [
  command('version', 'Show the version of the server', none, async () => (await state()).version),
  command('status', 'Show the health of the server and its parts', none, async () => (await state()).status),
  command('getbusy', 'Show whether the server is declared busy', none, async () => (await busy()).getBusy),
  command(
    'setbusy',
    'Declare the server busy: it leaves out what costs much',
    {
      ...none,
      usage: '-s [seconds]',
      examples: ['system setbusy -s 3600'],
      flags: [uint('seconds', 'How long', { short: 's', default: '3600', required: true })],
    },
    async () => (await busy()).setBusy,
  ),
  command('clearbusy', 'Declare the server no longer busy', none, async () => (await busy()).clearBusy),
  command(
    'supportpacket',
    'Save what somebody who helps needs to know',
    { ...none, flags: [string('output-file', 'File to write', { short: 'o' })] },
    async () => (await import('../commands/system/support-packet.ts')).supportPacket,
  ),
])
