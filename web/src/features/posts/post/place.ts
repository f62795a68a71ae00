/** Where a post is shown: in its channel, in its thread, in a list of the right side, or small inside of something else. */
export type Place = 'channel' | 'thread' | 'search'
