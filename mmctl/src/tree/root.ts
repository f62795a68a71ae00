import type { Command } from '../cli/command.ts'
import { auth } from './auth.ts'
import { channel } from './channel.ts'
import { config } from './config.ts'
import { aboutTree, alone, completion, license } from './general.ts'
import { group } from './group.ts'
import { later } from './later.ts'
import { permissions } from './permissions.ts'
import { post } from './post.ts'
import { roles } from './roles.ts'
import { system } from './system.ts'
import { team } from './team.ts'
import { token } from './token.ts'
import { user } from './user.ts'

/** All of mmctl. */
export const root: Command = {
  name: 'mmctl',
  help: 'Manage a chat server from the command line, from afar or on its own machine (--local)',
  examples: ['auth login https://chat.example.com', 'user list', '--local user list'],
  commands: [
    auth,
    channel,
    completion,
    config,
    group,
    license,
    permissions,
    post,
    roles,
    system,
    team,
    token,
    user,
    ...alone,
    ...aboutTree(() => root),
    ...later,
  ],
}
