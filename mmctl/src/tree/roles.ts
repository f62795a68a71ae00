import { atLeast, command, exactly, group } from '../cli/declare.ts'

const roleCommands = () => import('../commands/roles/roles.ts')

/** Who administers the system. */
export const roles = group('roles', 'Say who administers the system', [
  command(
    'system-admin',
    'Make accounts system administrators',
    { usage: '[users]', aliases: ['system_admin'], count: atLeast(1), examples: ['roles system-admin anna'] },
    async () => (await roleCommands()).systemAdmin,
  ),
  command(
    'member',
    'Make system administrators ordinary members',
    { usage: '[users]', count: atLeast(1), examples: ['roles member anna'] },
    async () => (await roleCommands()).member,
  ),
  command('list', 'List all roles', { count: exactly(0) }, async () => (await roleCommands()).list),
])
